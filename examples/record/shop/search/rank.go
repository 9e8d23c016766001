package search

import "slices"

type hit struct {
	product int
	score   float64
}

// byScore sorts the best hit first; equal ones stay in the catalog's order.
func byScore(a, b hit) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return a.product - b.product
}

// topK returns the first k items in the order of compare.
func topK[T any](items []T, k int, compare func(a, b T) int) []T {
	slices.SortFunc(items, compare)
	return items[:min(k, len(items))]
}
