// Package traffic plays the customers of the shop: the same visits, carts and
// ids for the same seed.
package traffic

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"shop/cart"
	"shop/catalog"
)

// Customer is somebody with an account.
type Customer struct {
	Name  string
	Tier  string
	lines int // about how many lines the carts have
}

// tiers says how many of a hundred customers buy how.
var tiers = []struct {
	name    string
	percent int
	lines   int
}{
	{"free", 55, 8},
	{"plus", 25, 80},
	{"business", 20, 1600},
}

// NewCustomers returns n customers and the carts that they saved.
func NewCustomers(n int, products []catalog.Product) ([]Customer, map[string]*cart.Cart) {
	random := rand.New(rand.NewPCG(3, 4))
	var customers []Customer
	saved := map[string]*cart.Cart{}
	for i := range n {
		c := Customer{Name: fmt.Sprintf("customer %d", i)}
		c.Tier, c.lines = tierOf(i * 100 / n)
		customers = append(customers, c)
		saved[c.Name] = fillCart(random, c, products)
	}
	return customers, saved
}

func tierOf(percentile int) (string, int) {
	for _, t := range tiers {
		if percentile < t.percent {
			return t.name, t.lines
		}
		percentile -= t.percent
	}
	panic("the tiers do not add up to 100 %")
}

// fillCart picks products, each once. Scanners send SKUs in lower case.
func fillCart(random *rand.Rand, c Customer, products []catalog.Product) *cart.Cart {
	filled := &cart.Cart{Customer: c.Name}
	count := c.lines*3/4 + random.IntN(c.lines/2+1)
	for _, i := range random.Perm(len(products))[:count] {
		sku := products[i].SKU
		if random.IntN(2) == 0 {
			sku = strings.ToLower(sku)
		}
		filled.Lines = append(filled.Lines,
			cart.Line{SKU: sku, Quantity: 1 + random.IntN(4), Cents: products[i].Cents})
	}
	return filled
}
