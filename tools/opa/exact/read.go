package exact

import (
	"encoding/json"
	"reflect"

	"github.com/open-policy-agent/opa/v1/ir"
)

// Read reads a plan as `opa build -t plan` writes it. OPA's own reader leaves operands behind pointers, where its compiler
// does not look.
func Read(text []byte) (*ir.Policy, error) {
	var policy ir.Policy
	if err := json.Unmarshal(text, &policy); err != nil {
		return nil, err
	}
	eachFrame(&policy, func(blocks []*ir.Block) { eachStmt(blocks, settle) })
	return &policy, nil
}

func settle(stmt ir.Stmt) {
	fields := reflect.ValueOf(stmt).Elem()
	for index := range fields.NumField() {
		switch field := fields.Field(index).Addr().Interface().(type) {
		case *ir.Operand:
			field.Value = settled(field.Value)
		case *[]ir.Operand:
			for at := range *field {
				(*field)[at].Value = settled((*field)[at].Value)
			}
		}
	}
}

func settled(value ir.Val) ir.Val {
	switch value := value.(type) {
	case *ir.Local:
		return *value
	case *ir.StringIndex:
		return *value
	case *ir.Bool:
		return *value
	}
	return value
}
