// Package cart holds what customers are about to buy.
package cart

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// Line is a product and how many of it.
type Line struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Cents    int    `json:"cents"`
}

// Cart is a list of lines, each with another SKU.
type Cart struct {
	Customer string `json:"customer"`
	Lines    []Line `json:"lines"`
}

var skuPattern = regexp.MustCompile(`(?i)^[A-Z]{4}-\d{6}$`)

// Decode reads a cart that a browser sent.
func Decode(body []byte) (*Cart, error) {
	c := &Cart{}
	if err := json.Unmarshal(body, c); err != nil {
		return nil, fmt.Errorf("cart: %w", err)
	}
	for _, line := range c.Lines {
		if !skuPattern.MatchString(line.SKU) {
			return nil, fmt.Errorf("cart: %q is not a SKU", line.SKU)
		}
	}
	return c, nil
}

// Encode writes a cart for the browser, with its price and the SKUs of which
// too few are left.
func (c *Cart) Encode(price Price, short []string) ([]byte, error) {
	return json.Marshal(struct {
		*Cart
		Price Price    `json:"price"`
		Short []string `json:"short"`
	}{c, price, short})
}
