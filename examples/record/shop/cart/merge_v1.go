//go:build !v2

package cart

import "strings"

// Release is the shop's version. It stands here because v1 and v2 differ in
// Merge and in nothing else.
const Release = "v1"

// Merge adds the lines of other to c. A SKU that is in both, in upper or lower
// case, becomes one line.
func (c *Cart) Merge(other *Cart) {
	index := make(map[string]int, len(c.Lines)+len(other.Lines))
	for i, line := range c.Lines {
		index[strings.ToUpper(line.SKU)] = i
	}
	for _, line := range other.Lines {
		key := strings.ToUpper(line.SKU)
		if i, ok := index[key]; ok {
			c.Lines[i].Quantity += line.Quantity
			continue
		}
		index[key] = len(c.Lines)
		c.Lines = append(c.Lines, line)
	}
}
