package server

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"fmt"
	"strings"

	"shop/cart"
	"shop/catalog"
	"shop/page"
	"shop/recommend"
	"shop/search"
	"shop/stock"
)

// receiptRounds makes a receipt's number slow to guess.
const receiptRounds = 50000

// Shop is what the handlers share.
type Shop struct {
	catalog *catalog.Catalog
	numbers map[string]int // of the products in the catalog, by SKU
	index   *search.Index
	model   *recommend.Model
	saved   map[string]*cart.Cart
	ledger  *stock.Ledger
	pages   *page.Renderer
}

// NewShop opens a shop that knows the carts its customers saved.
func NewShop(c *catalog.Catalog, saved map[string]*cart.Cart) *Shop {
	s := &Shop{
		catalog: c,
		numbers: map[string]int{},
		index:   search.NewIndex(c.Products),
		model:   recommend.NewModel(len(c.Products)),
		saved:   saved,
		ledger:  stock.NewLedger(c.Products, 1000),
		pages:   page.NewRenderer(c.Root),
	}
	for i, p := range c.Products {
		s.numbers[p.SKU] = i
	}
	return s
}

// Handle answers one request.
func (s *Shop) Handle(r Request) ([]byte, error) {
	switch r.Path {
	case "/search":
		return s.handleSearch(r.Body)
	case "/product":
		return s.handleProduct(r.Body)
	case "/cart":
		return s.handleCart(r.Body)
	case "/checkout":
		return s.handleCheckout(r.Body)
	case "/export":
		return s.handleExport(r.Body)
	}
	return nil, fmt.Errorf("no such page: %s", r.Path)
}

func (s *Shop) handleSearch(words []byte) ([]byte, error) {
	return s.index.Query(string(words), 50)
}

func (s *Shop) handleProduct(sku []byte) ([]byte, error) {
	number, ok := s.numbers[string(sku)]
	if !ok {
		return nil, fmt.Errorf("no such product: %s", sku)
	}
	var similar []catalog.Product
	for _, near := range s.model.Near(number, 6) {
		similar = append(similar, s.catalog.Products[near])
	}
	return s.pages.Product(s.catalog.Products[number], similar)
}

// handleCart is a login with a full cart: what the customer filled as a guest
// joins what was saved before.
func (s *Shop) handleCart(body []byte) ([]byte, error) {
	merged, err := s.open(body)
	if err != nil {
		return nil, err
	}
	return merged.Encode(merged.Total(), s.ledger.Short(merged))
}

func (s *Shop) handleCheckout(body []byte) ([]byte, error) {
	c, err := cart.Decode(body)
	if err != nil {
		return nil, err
	}
	price := c.Total()
	seal := s.ledger.Reserve(c)
	number, err := pbkdf2.Key(sha256.New, fmt.Sprintf("%s %d", c.Customer, price.Cents),
		seal[:], receiptRounds, sha256.Size)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "receipt %x", number), nil
}

func (s *Shop) handleExport(customer []byte) ([]byte, error) {
	c, ok := s.saved[string(customer)]
	if !ok {
		return nil, fmt.Errorf("no such customer: %s", customer)
	}
	return page.Export(c.Lines)
}

// open decodes a guest's cart and merges it with a copy of the saved one.
func (s *Shop) open(body []byte) (*cart.Cart, error) {
	guest, err := cart.Decode(body)
	if err != nil {
		return nil, err
	}
	merged := &cart.Cart{Customer: strings.Clone(guest.Customer)}
	if saved, ok := s.saved[guest.Customer]; ok {
		merged.Lines = append(merged.Lines, saved.Lines...)
	}
	merged.Merge(guest)
	return merged, nil
}
