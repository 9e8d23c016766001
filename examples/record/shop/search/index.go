// Package search finds products by words.
package search

import (
	"encoding/json"
	"math"
	"strings"
	"unicode"

	"shop/catalog"
)

// Index knows which products contain which word, and how often.
type Index struct {
	products []catalog.Product
	postings map[string][]posting
}

type posting struct {
	product int
	count   int
}

// NewIndex indexes names and reviews.
func NewIndex(products []catalog.Product) *Index {
	x := &Index{products: products, postings: map[string][]posting{}}
	for i, p := range products {
		counts := map[string]int{}
		for _, word := range tokenize(p.Name) {
			counts[word] += 5 // a word of the name weighs as much as five in a review
		}
		for _, review := range p.Reviews {
			for _, word := range tokenize(review.Text) {
				counts[word]++
			}
		}
		for word, count := range counts {
			x.postings[word] = append(x.postings[word], posting{product: i, count: count})
		}
	}
	return x
}

// Result is one row of an answer.
type Result struct {
	SKU   string  `json:"sku"`
	Name  string  `json:"name"`
	Cents int     `json:"cents"`
	Stars float64 `json:"stars"`
	Score float64 `json:"score"`
}

// Query answers with the best limit products for the words, as JSON.
func (x *Index) Query(words string, limit int) ([]byte, error) {
	scores := make([]float64, len(x.products))
	for _, word := range tokenize(words) {
		x.score(scores, x.postings[word])
	}
	var hits []hit
	for product, score := range scores {
		if score > 0 {
			hits = append(hits, hit{product: product, score: score})
		}
	}
	best := topK(hits, limit, byScore)
	results := make([]Result, 0, len(best))
	for _, h := range best {
		p := x.products[h.product]
		results = append(results, Result{p.SKU, p.Name, p.Cents, stars(p), h.score})
	}
	return json.Marshal(results)
}

// score adds what one word of the query is worth: rare words count more.
func (x *Index) score(scores []float64, found []posting) {
	rarity := math.Log(1 + float64(len(x.products))/float64(1+len(found)))
	for _, p := range found {
		scores[p.product] += rarity * math.Log(1+float64(p.count))
	}
}

func stars(p catalog.Product) float64 {
	sum := 0
	for _, review := range p.Reviews {
		sum += review.Stars
	}
	return float64(sum) / float64(len(p.Reviews))
}

func tokenize(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
