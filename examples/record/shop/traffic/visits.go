package traffic

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"sync"
	"time"

	"shop/catalog"
	"shop/server"
)

// visit is what one customer does, from coming to leaving.
type visit struct {
	arrives  time.Duration
	pause    time.Duration // between two requests
	requests []server.Request
}

// Plan is the traffic of one round, made before the round starts so that it
// costs nothing while the shop is recorded.
type Plan struct {
	visits []visit
}

// Seeds say what is equal in two plans: who comes when and does what, and under
// which ids.
type Seeds struct {
	Visits string
	IDs    string
}

// NewPlan spreads count visits over length.
func NewPlan(seeds Seeds, count int, length time.Duration, customers []Customer,
	products []catalog.Product) *Plan {
	p := planner{random: seeded(seeds.Visits), ids: seeded(seeds.IDs), products: products}
	plan := &Plan{}
	for i := range count {
		// Every customer has a turn, so that two plans have much the same mix.
		v := p.visit(customers[i*len(customers)/count])
		v.arrives = time.Duration(p.random.Int64N(int64(length)))
		plan.visits = append(plan.visits, v)
	}
	return plan
}

// Run sends the requests and waits for the last reply.
func (p *Plan) Run(s *server.Server) {
	var open sync.WaitGroup
	for _, v := range p.visits {
		open.Go(func() { v.run(s) })
	}
	open.Wait()
}

func (v visit) run(s *server.Server) {
	time.Sleep(v.arrives)
	for _, request := range v.requests {
		if reply := s.Do(request); reply.Err != nil {
			panic(reply.Err) // a plan asks for nothing that is not there
		}
		time.Sleep(v.pause)
	}
}

func seeded(text string) *rand.Rand {
	hash := fnv.New64a()
	hash.Write([]byte(text))
	return rand.New(rand.NewPCG(hash.Sum64(), 5))
}

type planner struct {
	random   *rand.Rand
	ids      *rand.Rand
	products []catalog.Product
}

func (p *planner) visit(c Customer) visit {
	words := []string{"red oak desk", "black leather shoe picture", "good value lamp"}
	filled, err := json.Marshal(fillCart(p.random, c, p.products))
	if err != nil {
		panic(err)
	}
	trace := fmt.Sprintf("%016x%016x", p.ids.Uint64(), p.ids.Uint64())
	v := visit{pause: time.Duration(20+p.random.IntN(80)) * time.Millisecond}
	add := func(path string, body []byte) {
		v.requests = append(v.requests, server.Request{
			Path:         path,
			CustomerTier: c.Tier,
			TraceID:      trace,
			SpanID:       fmt.Sprintf("%016x", p.ids.Uint64()),
			Body:         body,
		})
	}
	add("/search", []byte(words[p.random.IntN(len(words))]))
	for range 1 + p.random.IntN(3) {
		add("/product", []byte(p.popular().SKU))
	}
	add("/cart", filled)
	if p.random.IntN(2) == 0 {
		add("/checkout", filled)
	}
	if c.Tier == "business" && p.random.IntN(2) == 0 {
		add("/export", []byte(c.Name))
	}
	return v
}

// popular picks a product: some are looked at far more often than others.
func (p *planner) popular() catalog.Product {
	x := p.random.Float64()
	return p.products[int(x*x*x*float64(len(p.products)))]
}
