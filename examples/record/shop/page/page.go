// Package page renders what customers see.
package page

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"html/template"
	"io"
	"strings"

	"shop/catalog"
)

var parts = template.Must(template.New("parts").Funcs(template.FuncMap{
	"money": money,
	"stars": func(n int) string { return strings.Repeat("★", n) + strings.Repeat("☆", 5-n) },
}).Parse(`
{{define "product"}}<h1>{{.Name}}</h1><p data-sku="{{.SKU}}">{{money .Cents}}</p>
{{end}}
{{define "review"}}<p><em title="{{.Stars}} of 5">{{stars .Stars}}</em> {{.Text}}
<a href="/by/{{.Author}}">{{.Author}}</a></p>
{{end}}
{{define "similar"}}<a href="/product/{{.SKU}}">{{.Name}}, {{money .Cents}}</a>
{{end}}`))

// Renderer makes pages. Its methods may be called at the same time.
type Renderer struct {
	menu  *catalog.Category
	cache *cache
}

// NewRenderer returns a renderer that shows the tree below menu on each page.
func NewRenderer(menu *catalog.Category) *Renderer {
	return &Renderer{menu: menu, cache: newCache(64)}
}

// Product returns the page of p, with links to similar products, compressed.
func (r *Renderer) Product(p catalog.Product, similar []catalog.Product) ([]byte, error) {
	if page, ok := r.cache.get(p.SKU); ok {
		return page, nil
	}
	var out bytes.Buffer
	writeMenu(&out, r.menu)
	if err := writeProduct(&out, p, similar); err != nil {
		return nil, err
	}
	page, err := Compress(out.Bytes())
	if err == nil {
		r.cache.put(p.SKU, page)
	}
	return page, err
}

// writeMenu writes a category and, inside it, its children.
func writeMenu(w io.Writer, c *catalog.Category) {
	fmt.Fprintf(w, "<li>%s", html.EscapeString(c.Name))
	if len(c.Children) > 0 {
		io.WriteString(w, "<ul>")
		for _, child := range c.Children {
			writeMenu(w, child)
		}
		io.WriteString(w, "</ul>")
	}
	io.WriteString(w, "</li>\n")
}

func writeProduct(w io.Writer, p catalog.Product, similar []catalog.Product) error {
	if err := parts.ExecuteTemplate(w, "product", p); err != nil {
		return err
	}
	for _, review := range p.Reviews {
		if err := parts.ExecuteTemplate(w, "review", review); err != nil {
			return err
		}
	}
	for _, other := range similar {
		if err := parts.ExecuteTemplate(w, "similar", other); err != nil {
			return err
		}
	}
	return nil
}

// Compress makes a writer for each page. Its tables are a good part of all that
// the shop allocates; a pool of writers would save them.
func Compress(page []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(page); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func money(cents int) string {
	return fmt.Sprintf("€ %d.%02d", cents/100, cents%100)
}
