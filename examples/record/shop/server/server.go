// Package server answers requests on a pool of workers.
package server

import (
	"context"
	"runtime/pprof"
	"sync"
)

// Request is one call of a visitor. The ids are those of the tracing system:
// a trace is a visit, a span one request in it.
type Request struct {
	Path         string
	CustomerTier string
	TraceID      string // 32 hexadecimal digits
	SpanID       string // 16 hexadecimal digits
	Body         []byte
}

// Reply is what a visitor gets back.
type Reply struct {
	Body []byte
	Err  error
}

type job struct {
	request Request
	reply   chan<- Reply
}

// Server hands requests to its workers. Do may be called at the same time.
type Server struct {
	shop    *Shop
	jobs    chan job
	workers sync.WaitGroup
}

// Start returns a server with its workers running.
func Start(shop *Shop, workers int) *Server {
	s := &Server{shop: shop, jobs: make(chan job)}
	for range workers {
		s.workers.Go(s.work)
	}
	return s
}

// Do waits for a free worker and for its reply.
func (s *Server) Do(request Request) Reply {
	reply := make(chan Reply)
	s.jobs <- job{request, reply}
	return <-reply
}

// Stop lets the workers finish what they have.
func (s *Server) Stop() {
	close(s.jobs)
	s.workers.Wait()
}

func (s *Server) work() {
	for j := range s.jobs {
		j.reply <- s.serve(j.request)
	}
}

// serve labels the CPU time of a request, so that profiles can be cut by
// handler and customer, and followed from a trace.
func (s *Server) serve(r Request) (reply Reply) {
	labels := pprof.Labels("handler", r.Path, "customer_tier", r.CustomerTier,
		"trace_id", r.TraceID, "span_id", r.SpanID)
	pprof.Do(context.Background(), labels, func(context.Context) {
		reply.Body, reply.Err = s.shop.Handle(r)
	})
	return reply
}
