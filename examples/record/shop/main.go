// shop is a small web shop that plays its own customers and records runtime
// profiles of itself. Built with -tags v2 it is the version with a regression.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"shop/cart"
	"shop/catalog"
	"shop/record"
	"shop/server"
	"shop/traffic"
)

var (
	pod    = flag.String("pod", "pod-a", "name of this instance")
	visits = flag.Int("visits", 100, "visits in a round")
	rounds = flag.Int("rounds", 4, "rounds")
	length = flag.Duration("length", 5*time.Second, "time in which the visits of a round arrive")
	start  = flag.String("start", "", "RFC 3339 time that the first round's profiles tell; now if empty")
	step   = flag.Duration("step", 15*time.Second, "from one round to the next, in the time they tell")
	out    = flag.String("out", ".", "folder for the profiles")
)

func main() {
	flag.Parse()
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatal("shop: ", err)
	}
}

func run() error {
	began := time.Now()
	if *start != "" {
		var err error
		if began, err = time.Parse(time.RFC3339, *start); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	record.Enable()
	goods := catalog.New(30000)
	customers, saved := traffic.NewCustomers(100, goods.Products)
	s := server.Start(server.NewShop(goods, saved), 6)
	defer s.Stop()
	r := &record.Recorder{Dir: *out, Release: cart.Release, Pod: *pod, Start: began, Step: *step}
	for round := range *rounds {
		// Both releases get the same visits, so that only the release differs.
		seeds := traffic.Seeds{
			Visits: fmt.Sprint(*pod, round),
			IDs:    fmt.Sprint(cart.Release, *pod, round),
		}
		plan := traffic.NewPlan(seeds, *visits, *length, customers, goods.Products)
		if err := r.Round(round, *length, func() { plan.Run(s) }); err != nil {
			return err
		}
	}
	return nil
}
