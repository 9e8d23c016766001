package cart

import (
	"cmp"
	"slices"
	"strings"
)

// Price is what a cart costs.
type Price struct {
	Cents    int      `json:"cents"`
	Discount int      `json:"discount"`
	Rules    []string `json:"rules"`
}

// rule takes percent off the lines of one kind, if there are enough of them.
type rule struct {
	name    string
	prefix  string
	atLeast int
	percent int
}

var rules = []rule{
	{"three shoes", "SHOE-", 3, 10},
	{"bookshelf", "BOOK-", 5, 15},
	{"camp", "TENT-", 2, 5},
	{"bulk", "", 100, 3},
}

// Total prices the lines, dearest first, as the receipt shows them.
func (c *Cart) Total() Price {
	slices.SortFunc(c.Lines, func(a, b Line) int {
		return cmp.Or(b.Cents-a.Cents, strings.Compare(a.SKU, b.SKU))
	})
	var price Price
	for _, line := range c.Lines {
		price.Cents += line.Cents * line.Quantity
	}
	for _, r := range rules {
		if off := r.apply(c.Lines); off > 0 {
			price.Discount += off
			price.Rules = append(price.Rules, r.name)
		}
	}
	return price
}

func (r rule) apply(lines []Line) int {
	count, cents := 0, 0
	for _, line := range lines {
		if strings.HasPrefix(strings.ToUpper(line.SKU), r.prefix) {
			count += line.Quantity
			cents += line.Cents * line.Quantity
		}
	}
	if count < r.atLeast {
		return 0
	}
	return cents * r.percent / 100
}
