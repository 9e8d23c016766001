package page

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"shop/cart"
)

// Export returns the lines of past orders as a compressed table.
func Export(lines []cart.Line) ([]byte, error) {
	var out bytes.Buffer
	table := csv.NewWriter(&out)
	table.Write([]string{"sku", "quantity", "price", "sum"})
	for _, line := range lines {
		table.Write([]string{line.SKU, strconv.Itoa(line.Quantity), money(line.Cents),
			money(line.Cents * line.Quantity)})
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return nil, err
	}
	return Compress(out.Bytes())
}
