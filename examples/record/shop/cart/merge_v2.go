//go:build v2

package cart

import "strings"

// Release is the shop's version. It stands here because v1 and v2 differ in
// Merge and in nothing else.
const Release = "v2"

// Merge adds the lines of other to c. A SKU that is in both, in upper or lower
// case, becomes one line.
//
// This is the planted regression: without v1's index each line is searched for
// from the front, which is quadratic. Nobody notices with a dozen lines;
// business customers have more than a thousand.
func (c *Cart) Merge(other *Cart) {
	for _, line := range other.Lines {
		if i := c.find(line.SKU); i >= 0 {
			c.Lines[i].Quantity += line.Quantity
			continue
		}
		c.Lines = append(c.Lines, line)
	}
}

func (c *Cart) find(sku string) int {
	for i := range c.Lines {
		if strings.EqualFold(c.Lines[i].SKU, sku) {
			return i
		}
	}
	return -1
}
