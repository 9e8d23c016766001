package page

import (
	"container/list"
	"sync"
)

// cache keeps the pages that were asked for last.
type cache struct {
	mu    sync.Mutex
	limit int
	order *list.List // of *entry, newest first
	pages map[string]*list.Element
}

type entry struct {
	key  string
	page []byte
}

func newCache(limit int) *cache {
	return &cache{limit: limit, order: list.New(), pages: map[string]*list.Element{}}
}

func (c *cache) get(key string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.pages[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*entry).page, true
}

func (c *cache) put(key string, page []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.pages[key]; ok {
		c.order.MoveToFront(element)
		return
	}
	c.pages[key] = c.order.PushFront(&entry{key: key, page: page})
	if c.order.Len() > c.limit {
		oldest := c.order.Remove(c.order.Back()).(*entry)
		delete(c.pages, oldest.key)
	}
}
