// Package stock counts what is left of each product.
package stock

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"sync"
	"time"

	"shop/cart"
	"shop/catalog"
)

// journalDelay stands for the disk: how long a write of the journal takes.
const journalDelay = 25 * time.Millisecond

// Ledger is the stock of the shop. All methods may be called at the same time.
type Ledger struct {
	mu    sync.Mutex
	left  map[string]int    // by SKU in upper case
	chain [sha256.Size]byte // of all entries so far: nobody can change an old one
}

// NewLedger returns a ledger with so many of each product.
func NewLedger(products []catalog.Product, each int) *Ledger {
	l := &Ledger{left: make(map[string]int, len(products))}
	for _, p := range products {
		l.left[p.SKU] = each
	}
	return l
}

// Short returns the SKUs of which a cart wants more than are left.
func (l *Ledger) Short(c *cart.Cart) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var short []string
	for _, line := range c.Lines {
		if l.left[strings.ToUpper(line.SKU)] < line.Quantity {
			short = append(short, line.SKU)
		}
	}
	return short
}

// Reserve takes a cart's lines out of the stock and returns the entry's seal.
// It writes the journal under the lock, so that carts and other checkouts wait:
// what the mutex and block profiles show.
func (l *Ledger) Reserve(c *cart.Cart) [sha256.Size]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range c.Lines {
		l.left[strings.ToUpper(line.SKU)] -= line.Quantity
		l.seal(line)
	}
	l.writeJournal()
	return l.chain
}

func (l *Ledger) seal(line cart.Line) {
	entry := append(l.chain[:], line.SKU...)
	entry = binary.AppendVarint(entry, int64(line.Quantity))
	l.chain = sha256.Sum256(entry)
}

func (l *Ledger) writeJournal() {
	time.Sleep(journalDelay)
}
