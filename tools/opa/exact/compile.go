// Package exact compiles a plan to WebAssembly so that it means what OPA's evaluator means by it. OPA's own compiler takes
// sets and objects in the order of their hashes, calls functions that are only referred to, and some of its native builtins are
// wrong; the other files of this package change the plan before it sees it.
package exact

import (
	"bytes"
	"io"
	"unsafe"

	"github.com/open-policy-agent/opa/v1/ir"
	_ "github.com/open-policy-agent/opa/v1/rego" // links the compiler that is reached by name below
)

// The compiler is internal to OPA. Whatever is renamed there does not link here: it is pinned, and never guessed.

//go:linkname nativeFunctions github.com/open-policy-agent/opa/internal/compiler/wasm.builtinsFunctions
var nativeFunctions map[string]string

//go:linkname newCompiler github.com/open-policy-agent/opa/internal/compiler/wasm.New
func newCompiler() unsafe.Pointer

//go:linkname withPolicy github.com/open-policy-agent/opa/internal/compiler/wasm.(*Compiler).WithPolicy
func withPolicy(compiler unsafe.Pointer, policy *ir.Policy) unsafe.Pointer

//go:linkname compileModule github.com/open-policy-agent/opa/internal/compiler/wasm.(*Compiler).Compile
func compileModule(compiler unsafe.Pointer) (unsafe.Pointer, error)

//go:linkname writeModule github.com/open-policy-agent/opa/internal/wasm/encoding.WriteModule
func writeModule(out io.Writer, module unsafe.Pointer) error

// Compile gives the module of a plan, which it changes. The module asks its host for some builtins that OPA would take
// from its own library: those in guards.go. Not for two goroutines at once.
func Compile(policy *ir.Policy) ([]byte, error) {
	negate(policy)
	handOn(policy)
	partsOfObjects(policy)
	askStorage(policy)
	passOver(policy)
	stopEarly(policy)
	index(policy)
	lookOnce(policy)
	inOrder(policy)
	makeOnce(policy)
	guard(policy)
	for _, name := range hosted {
		defer func(native string) { nativeFunctions[name] = native }(nativeFunctions[name])
		delete(nativeFunctions, name)
	}
	module, err := compileModule(withPolicy(newCompiler(), policy))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = writeModule(&out, module)
	return out.Bytes(), err
}
