// Command record prints the exact self and total of every function of pprof
// profiles, as google/pprof's own package reads them:
//
//	file PATH CHECKSUM TYPE/UNIT...
//	SELF TOTAL [SELF TOTAL]... NAME
//
// with one pair for each sample type, functions in the byte order of their
// names. A function counts once for a stack, however often it is on it;
// inlined functions count. Control characters and % in names are written %XX.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"sort"
	"strings"

	"github.com/google/pprof/profile"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	for _, path := range os.Args[1:] {
		if err := record(out, path); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			os.Exit(1)
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func record(out io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	inflated, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	message, err := io.ReadAll(inflated)
	if err != nil {
		return err
	}
	p, err := profile.Parse(bytes.NewReader(message))
	if err != nil {
		return err
	}
	checksum := fnv.New64a()
	checksum.Write(message)
	fmt.Fprintf(out, "file %s %016x", path, checksum.Sum64())
	for _, t := range p.SampleType {
		fmt.Fprintf(out, " %s/%s", t.Type, t.Unit)
	}
	fmt.Fprintln(out)
	print(out, sums(p))
	return nil
}

// cost of one function: self and total of each sample type in turn.
type cost []int64

func sums(p *profile.Profile) map[string]cost {
	functions := make(map[string]cost)
	at := func(name string) cost {
		if functions[name] == nil {
			functions[name] = make(cost, 2*len(p.SampleType))
		}
		return functions[name]
	}
	for _, sample := range p.Sample {
		names := stack(sample)
		if len(names) == 0 {
			continue
		}
		seen := make(map[string]bool)
		for _, name := range names {
			if seen[name] {
				continue
			}
			seen[name] = true
			for i, value := range sample.Value {
				at(name)[2*i+1] += value
			}
		}
		for i, value := range sample.Value {
			at(names[0])[2*i] += value
		}
	}
	return functions
}

// stack is the names of the functions of a sample, leaf first.
func stack(sample *profile.Sample) []string {
	var names []string
	for _, location := range sample.Location {
		for _, line := range location.Line {
			names = append(names, line.Function.Name)
		}
	}
	return names
}

func print(out io.Writer, functions map[string]cost) {
	names := make([]string, 0, len(functions))
	for name := range functions {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, value := range functions[name] {
			fmt.Fprintf(out, "%d ", value)
		}
		fmt.Fprintln(out, escaped(name))
	}
}

func escaped(name string) string {
	var text strings.Builder
	for _, b := range []byte(name) {
		if b < ' ' || b == 0x7f || b == '%' {
			fmt.Fprintf(&text, "%%%02X", b)
		} else {
			text.WriteByte(b)
		}
	}
	return text.String()
}
