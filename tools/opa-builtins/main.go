//go:build wasip1

// Command opa-builtins is every builtin of OPA that is a function of its operands, the time and the seed, as a WASI
// reactor: a host that runs compiled policies calls those that OPA does not compile into them.
//
// The host writes into the room that buffer gives, calls, and reads the answer at result, of resultSize bytes. Values
// travel in Rego's own notation, since JSON has neither sets nor keys that are not strings.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"strconv"
	"strings"
	"unsafe"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"
	"github.com/open-policy-agent/opa/v1/version"
)

// What became of a call.
const (
	defined = iota
	undefined
	failed
	halted
)

// excluded ask the world outside, so no policy that uses them gives the same answer twice. The host knows them by the
// same names; here they are refused once more, because one of them would end this module.
var excluded = map[string]bool{
	"http.send":          true,
	"net.lookup_ip_addr": true,
	"opa.runtime":        true,
}

var (
	in, out []byte
	current topdown.BuiltinContext
)

// What a call costs would mostly be what these cost.
var (
	capabilities = closedCapabilities()
	cancel       = topdown.NewCancel()
	location     = ast.NewLocation(nil, "", 1, 1)
)

func closedCapabilities() *ast.Capabilities {
	all := ast.CapabilitiesForThisVersion()
	all.AllowNet = []string{} // no schema is fetched from anywhere
	return all
}

//go:wasmexport buffer
func buffer(size uint32) uint32 {
	if uint32(cap(in)) < size {
		in = make([]byte, size)
	}
	in = in[:size]
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(in))))
}

//go:wasmexport result
func result() uint32 { return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(out)))) }

//go:wasmexport resultSize
func resultSize() uint32 { return uint32(len(out)) }

// begin starts an evaluation: its instant in nanoseconds since 1970, and what random numbers are drawn from. What the
// builtins kept of the last one is gone.
//
//go:wasmexport begin
func begin(now int64, seed int64) {
	current = topdown.BuiltinContext{
		Context:      context.Background(),
		Time:         ast.NumberTerm(json.Number(strconv.FormatInt(now, 10))),
		Seed:         rand.New(rand.NewSource(seed)),
		Cache:        builtins.Cache{},
		Cancel:       cancel,
		Location:     location,
		Capabilities: capabilities,
	}
}

// release gives the version of OPA that the builtins are of.
//
//go:wasmexport release
func release() { out = []byte(version.Version) }

// names gives the names of all builtins that can be called, one a line.
//
//go:wasmexport names
func names() {
	var all []string
	for _, builtin := range ast.Builtins {
		if topdown.GetBuiltin(builtin.Name) != nil && !excluded[builtin.Name] {
			all = append(all, builtin.Name)
		}
	}
	out = []byte(strings.Join(all, "\n"))
}

// call evaluates a builtin. The buffer holds its name, of so many bytes, and the operands as one array.
//
//go:wasmexport call
func call(nameSize uint32) (status uint32) {
	defer func() {
		if panicked := recover(); panicked != nil {
			out, status = []byte(fmt.Sprint(panicked)), halted
		}
	}()
	name := string(in[:nameSize])
	builtin := topdown.GetBuiltin(name)
	if builtin == nil || excluded[name] {
		out = []byte("there is no such builtin")
		return halted
	}
	operands, err := readTerms(in[nameSize:])
	if err != nil {
		out = []byte(err.Error())
		return halted
	}
	status = undefined
	err = builtin(current, operands, func(term *ast.Term) error {
		out, status = appendTerm(out[:0], term), defined
		return nil
	})
	if err == nil {
		return status
	}
	out = []byte(strings.TrimPrefix(messageOf(err), name+": "))
	if _, ok := errors.AsType[topdown.Halt](err); ok {
		return halted
	}
	return failed
}

// messageOf leaves out what is the same in every error: the code and a place in no file.
func messageOf(err error) string {
	if known, ok := errors.AsType[*topdown.Error](err); ok {
		return known.Message
	}
	return err.Error()
}

func main() {}
