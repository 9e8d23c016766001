// Package catalog makes up the products of the shop, always the same ones.
package catalog

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Product is one thing on sale.
type Product struct {
	SKU     string
	Name    string
	Cents   int
	Reviews []Review
}

// Review is what a customer wrote about a product.
type Review struct {
	Author string
	Stars  int
	Text   string
}

// Catalog is everything on sale and the tree of categories it is filed under.
type Catalog struct {
	Products []Product
	Root     *Category
}

var (
	kinds     = []string{"SHOE", "COAT", "LAMP", "DESK", "BOOK", "TENT", "BIKE", "BOWL"}
	materials = []string{"cotton", "oak", "steel", "linen", "leather", "paper", "glass", "wool"}
	colours   = []string{"red", "blue", "green", "black", "white", "amber", "grey", "teal"}
	opinions  = strings.Fields("fits well arrived late good value would buy again <b>great</b> " +
		"box was open colour differs from the picture solid & simple my second one")
)

// New returns a catalog of n products.
func New(n int) *Catalog {
	random := rand.New(rand.NewPCG(1, 2))
	c := &Catalog{Root: newTree("shop", 4)}
	for i := range n {
		c.Products = append(c.Products, newProduct(random, i))
	}
	return c
}

func newProduct(random *rand.Rand, number int) Product {
	kind := pick(random, kinds)
	p := Product{
		SKU:   fmt.Sprintf("%s-%06d", kind, number),
		Name:  pick(random, colours) + " " + pick(random, materials) + " " + strings.ToLower(kind),
		Cents: 500 + random.IntN(20000),
	}
	for range 2 + random.IntN(12) {
		p.Reviews = append(p.Reviews, newReview(random))
	}
	return p
}

func newReview(random *rand.Rand) Review {
	words := make([]string, 10+random.IntN(30))
	for i := range words {
		words[i] = pick(random, opinions)
	}
	return Review{
		Author: fmt.Sprintf("customer %d", random.IntN(5000)),
		Stars:  1 + random.IntN(5),
		Text:   strings.Join(words, " "),
	}
}

func pick(random *rand.Rand, from []string) string {
	return from[random.IntN(len(from))]
}
