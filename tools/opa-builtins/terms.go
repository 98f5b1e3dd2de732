//go:build wasip1

package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// readTerms reads an array of values in Rego's notation, as a compiled policy dumps them. OPA's parser would read it too,
// and take longer than most builtins.
func readTerms(text []byte) (terms []*ast.Term, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("no Rego value is written like this: %v", panicked)
		}
	}()
	r := reader{text: text}
	return r.list(']'), nil
}

type reader struct {
	text []byte
	at   int
}

func (r *reader) term() *ast.Term {
	switch c := r.next(); {
	case c == '"':
		return ast.StringTerm(r.string())
	case c == '[':
		return ast.ArrayTerm(r.list(']')...)
	case c == '{':
		return r.braced()
	case c == '-' || c == '.' || c >= '0' && c <= '9':
		return r.number()
	default:
		return r.word()
	}
}

// next is the next byte that is no space.
func (r *reader) next() byte {
	for {
		switch c := r.text[r.at]; c {
		case ' ', '\n', '\r', '\t':
			r.at++
		default:
			return c
		}
	}
}

func (r *reader) took(c byte) bool {
	if r.next() != c {
		return false
	}
	r.at++
	return true
}

func (r *reader) expect(c byte) {
	if !r.took(c) {
		panic(fmt.Sprintf("%q at %d", r.text[r.at], r.at))
	}
}

// list reads what is between brackets, and both of them.
func (r *reader) list(closing byte) []*ast.Term {
	r.at++
	var terms []*ast.Term
	if r.took(closing) {
		return terms
	}
	for {
		terms = append(terms, r.term())
		if !r.took(',') {
			r.expect(closing)
			return terms
		}
	}
}

// braced reads an object, or a set if no colon follows its first value.
func (r *reader) braced() *ast.Term {
	r.at++
	if r.took('}') {
		return ast.ObjectTerm()
	}
	first := r.term()
	if !r.took(':') {
		set := ast.NewSet(first)
		for r.took(',') {
			set.Add(r.term())
		}
		r.expect('}')
		return ast.NewTerm(set)
	}
	object := ast.NewObject([2]*ast.Term{first, r.term()})
	for r.took(',') {
		key := r.term()
		r.expect(':')
		object.Insert(key, r.term())
	}
	r.expect('}')
	return ast.NewTerm(object)
}

func (r *reader) string() string {
	start, escaped := r.at, false
	for r.at++; r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			escaped = true
			r.at++
		}
	}
	r.at++
	if !escaped {
		return string(r.text[start+1 : r.at-1])
	}
	var value string
	if err := json.Unmarshal(r.text[start:r.at], &value); err != nil {
		panic(err)
	}
	return value
}

func (r *reader) number() *ast.Term {
	start := r.at
	for r.at < len(r.text) && strings.IndexByte("+-.0123456789eE", r.text[r.at]) >= 0 {
		r.at++
	}
	// A policy may write 5. and .5, which JSON does not have.
	text := strings.TrimSuffix(string(r.text[start:r.at]), ".")
	if digits, negative := strings.CutPrefix(text, "-"); strings.HasPrefix(digits, ".") {
		text = "0" + digits
		if negative {
			text = "-" + text
		}
	}
	return ast.NumberTerm(json.Number(text))
}

var words = []struct {
	text string
	term func() *ast.Term
}{
	{"null", ast.NullTerm},
	{"true", func() *ast.Term { return ast.BooleanTerm(true) }},
	{"false", func() *ast.Term { return ast.BooleanTerm(false) }},
	{"set()", func() *ast.Term { return ast.SetTerm() }},
}

func (r *reader) word() *ast.Term {
	for _, word := range words {
		if strings.HasPrefix(string(r.text[r.at:min(len(r.text), r.at+len(word.text))]), word.text) {
			r.at += len(word.text)
			return word.term()
		}
	}
	panic(fmt.Sprintf("%q at %d", r.text[r.at], r.at))
}

// appendTerm writes a value so that a compiled policy reads it. Term.String would quote strings as Go does, with escapes
// that JSON does not have.
func appendTerm(text []byte, term *ast.Term) []byte {
	switch value := term.Value.(type) {
	case ast.String:
		return appendString(text, string(value))
	case *ast.Array:
		text = append(text, '[')
		for index := range value.Len() {
			text = appendTerm(separated(text, index), value.Elem(index))
		}
		return append(text, ']')
	case ast.Set:
		if value.Len() == 0 {
			return append(text, "set()"...)
		}
		text = append(text, '{')
		for index, member := range value.Slice() {
			text = appendTerm(separated(text, index), member)
		}
		return append(text, '}')
	case ast.Object:
		text = append(text, '{')
		for index, key := range value.Keys() {
			text = append(appendTerm(separated(text, index), key), ':')
			text = appendTerm(text, value.Get(key))
		}
		return append(text, '}')
	default:
		return append(text, value.String()...)
	}
}

func separated(text []byte, index int) []byte {
	if index == 0 {
		return text
	}
	return append(text, ',')
}

const hex = "0123456789abcdef"

// appendString writes a JSON string. A byte that is not UTF-8 becomes the replacement character, as where OPA prints it.
func appendString(text []byte, value string) []byte {
	text = append(text, '"')
	for _, character := range value {
		switch {
		case character == '"' || character == '\\':
			text = append(text, '\\', byte(character))
		case character < 0x20 || character == 0x7f:
			text = append(text, '\\', 'u', '0', '0', hex[character>>4], hex[character&15])
		default:
			text = utf8.AppendRune(text, character)
		}
	}
	return append(text, '"')
}
