package catalog

import "fmt"

// Category is a node of the tree that the shop's menu shows.
type Category struct {
	Name     string
	Children []*Category
}

// branches is how many children a category has, down to the leaves.
const branches = 7

func newTree(name string, depth int) *Category {
	c := &Category{Name: name}
	if depth == 0 {
		return c
	}
	for i := range branches {
		c.Children = append(c.Children, newTree(fmt.Sprintf("%s & %s", name, colours[i]), depth-1))
	}
	return c
}
