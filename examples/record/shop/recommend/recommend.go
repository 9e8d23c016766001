// Package recommend finds products that resemble another.
package recommend

import (
	"math"
	"math/rand/v2"
)

// dimensions is how many numbers describe a product.
const dimensions = 48

type vector [dimensions]float32

// Model holds a vector for each product of the catalog.
type Model struct {
	vectors []vector
}

// NewModel makes up a model, always the same, for so many products.
func NewModel(products int) *Model {
	random := rand.New(rand.NewPCG(6, 7))
	m := &Model{vectors: make([]vector, products)}
	for i := range m.vectors {
		for d := range m.vectors[i] {
			m.vectors[i][d] = float32(random.NormFloat64())
		}
	}
	return m
}

// Near returns the limit products that resemble product most, the nearest
// first.
func (m *Model) Near(product, limit int) []int {
	nearest := make([]int, 0, limit+1)
	likeness := make([]float64, 0, limit+1)
	for other := range m.vectors {
		if other == product {
			continue
		}
		c := cosine(&m.vectors[product], &m.vectors[other])
		at := len(nearest)
		for at > 0 && likeness[at-1] < c {
			at--
		}
		if at == limit {
			continue
		}
		nearest = insert(nearest, at, other, limit)
		likeness = insert(likeness, at, c, limit)
	}
	return nearest
}

// cosine of the angle between two vectors: 1 if they point the same way.
func cosine(a, b *vector) float64 {
	var dot, aa, bb float32
	for i := range a {
		dot += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	return float64(dot) / math.Sqrt(float64(aa)*float64(bb))
}

// insert puts x at a place and drops what then is beyond the limit.
func insert[T any](list []T, at int, x T, limit int) []T {
	list = append(list, x)
	copy(list[at+1:], list[at:])
	list[at] = x
	return list[:min(len(list), limit)]
}
