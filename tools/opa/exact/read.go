package exact

import (
	"context"
	"errors"
	"reflect"
	"unsafe"

	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/ir"
)

// Plan lets a compiler of OPA build its plan, and takes it from where it lies: to write it as JSON and to read that took as long as
// all else together. What it is written as for nobody is the shorter of two formats.
func Plan(compiler *compile.Compiler) (*ir.Policy, error) {
	err := compiler.WithTarget(compile.TargetPlan).WithPlanFormat(compile.PlanFormatProto).Build(context.Background())
	if err != nil {
		return nil, err
	}
	field := reflect.ValueOf(compiler).Elem().FieldByName("policy")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*ir.Policy]() || field.IsNil() {
		return nil, errors.New("OPA's compiler keeps no plan where it is looked for")
	}
	return *(**ir.Policy)(unsafe.Pointer(field.UnsafeAddr())), nil
}
