package syntax

// Kind is what a node is. The names are those of the grammars; where two grammars share a name they share
// the kind.
type Kind uint8

// The kinds. What is not listed (punctuation, the pieces of a string) has no node; in a script it is Other,
// for what lies in it.
const (
	NoKind   Kind = iota
	Error         // a place where the parser found no way on
	Operator      // the token in an operator field
	Async         // the keyword, first child of what it makes asynchronous
	AliasedImport
	ArgumentList
	AsPattern
	AsPatternTarget
	AssertStatement
	Assignment
	Attribute
	AugmentedAssignment
	Await
	BinaryOperator
	Block
	BooleanOperator
	BreakStatement
	Call
	CaseClause
	CasePattern
	Chevron
	ClassDefinition
	ClassPattern
	Comment
	ComparisonOperator
	ComplexPattern
	ConcatenatedString
	ConditionalExpression
	ConstrainedType
	ContinueStatement
	DecoratedDefinition
	Decorator
	DefaultParameter
	DeleteStatement
	DictPattern
	Dictionary
	DictionaryComprehension
	DictionarySplat
	DictionarySplatPattern
	DottedName
	ElifClause
	Ellipsis
	ElseClause
	ExceptClause
	ExceptGroupClause
	ExecStatement
	ExpressionList
	ExpressionStatement
	False
	FinallyClause
	Float
	ForInClause
	ForStatement
	FormatExpression
	FormatSpecifier
	FunctionDefinition
	FutureImportStatement
	GeneratorExpression
	GenericType
	GlobalStatement
	Identifier
	IfClause
	IfStatement
	ImportFromStatement
	ImportPrefix
	ImportStatement
	Integer
	Interpolation
	KeywordArgument
	KeywordPattern
	Lambda
	LambdaParameters
	List
	ListComprehension
	ListPattern
	ListSplat
	ListSplatPattern
	MatchStatement
	MemberType
	Module
	NamedExpression
	None
	NonlocalStatement
	NotOperator
	Pair
	Parameters
	ParenthesizedExpression
	ParenthesizedListSplat
	PassStatement
	PatternList
	PrintStatement
	RaiseStatement
	RelativeImport
	ReturnStatement
	Set
	SetComprehension
	Slice
	SplatPattern
	SplatType
	String
	Subscript
	True
	TryStatement
	Tuple
	TuplePattern
	Type
	TypeAliasStatement
	TypeParameter
	TypedDefaultParameter
	TypedParameter
	UnaryOperator
	UnionPattern
	UnionType
	WhileStatement
	WildcardImport
	WithClause
	WithItem
	WithStatement
	Yield

	// Of scripts alone.
	Other // says nothing by itself
	AbstractClassDeclaration
	Arguments
	Array
	ArrayPattern
	ArrowFunction
	AsExpression
	AssignmentExpression
	AssignmentPattern
	AugmentedAssignmentExpression
	AwaitExpression
	BinaryExpression
	CallExpression
	CatchClause
	Class
	ClassBody
	ClassDeclaration
	ClassField // public_field_definition in TypeScript
	ClassStaticBlock
	ComputedPropertyName
	ExportStatement
	ForInStatement
	FormalParameters
	FunctionDeclaration
	FunctionExpression
	GeneratorFunction
	GeneratorFunctionDeclaration
	Import
	ImportClause
	ImportRequireClause
	ImportSpecifier
	JSXAttribute
	LexicalDeclaration
	MemberExpression
	MethodDefinition
	NamespaceImport
	NewExpression
	NonNullExpression
	Object
	ObjectAssignmentPattern
	ObjectPattern
	OptionalParameter
	PairPattern
	PrivatePropertyIdentifier
	Program
	PropertyIdentifier
	RequiredParameter
	RestPattern
	SatisfiesExpression
	SequenceExpression
	ShorthandPropertyIdentifier
	ShorthandPropertyIdentifierPattern
	SpreadElement
	StatementBlock
	SubscriptExpression
	Super
	SwitchBody
	TemplateString
	TemplateSubstitution
	TernaryExpression
	This
	TypeAssertion
	UnaryExpression
	UpdateExpression
	VariableDeclaration
	VariableDeclarator
	kindCount
)

var kindNames = [kindCount]string{
	Error: "ERROR", AliasedImport: "aliased_import", ArgumentList: "argument_list", AsPattern: "as_pattern",
	AsPatternTarget: "as_pattern_target", AssertStatement: "assert_statement", Assignment: "assignment",
	Attribute: "attribute", AugmentedAssignment: "augmented_assignment", Await: "await",
	BinaryOperator: "binary_operator", Block: "block", BooleanOperator: "boolean_operator",
	BreakStatement: "break_statement", Call: "call", CaseClause: "case_clause", CasePattern: "case_pattern",
	Chevron: "chevron", ClassDefinition: "class_definition", ClassPattern: "class_pattern", Comment: "comment",
	ComparisonOperator: "comparison_operator", ComplexPattern: "complex_pattern",
	ConcatenatedString: "concatenated_string", ConditionalExpression: "conditional_expression",
	ConstrainedType: "constrained_type", ContinueStatement: "continue_statement",
	DecoratedDefinition: "decorated_definition", Decorator: "decorator", DefaultParameter: "default_parameter",
	DeleteStatement: "delete_statement", DictPattern: "dict_pattern", Dictionary: "dictionary",
	DictionaryComprehension: "dictionary_comprehension", DictionarySplat: "dictionary_splat",
	DictionarySplatPattern: "dictionary_splat_pattern", DottedName: "dotted_name", ElifClause: "elif_clause",
	Ellipsis: "ellipsis", ElseClause: "else_clause", ExceptClause: "except_clause",
	ExceptGroupClause: "except_group_clause", ExecStatement: "exec_statement", ExpressionList: "expression_list",
	ExpressionStatement: "expression_statement", False: "false", FinallyClause: "finally_clause", Float: "float",
	ForInClause: "for_in_clause", ForStatement: "for_statement", FormatExpression: "format_expression",
	FormatSpecifier: "format_specifier", FunctionDefinition: "function_definition",
	FutureImportStatement: "future_import_statement", GeneratorExpression: "generator_expression",
	GenericType: "generic_type", GlobalStatement: "global_statement", Identifier: "identifier",
	IfClause: "if_clause", IfStatement: "if_statement", ImportFromStatement: "import_from_statement",
	ImportPrefix: "import_prefix", ImportStatement: "import_statement", Integer: "integer",
	Interpolation: "interpolation", KeywordArgument: "keyword_argument", KeywordPattern: "keyword_pattern",
	Lambda: "lambda", LambdaParameters: "lambda_parameters", List: "list", ListComprehension: "list_comprehension",
	ListPattern: "list_pattern", ListSplat: "list_splat", ListSplatPattern: "list_splat_pattern",
	MatchStatement: "match_statement", MemberType: "member_type", Module: "module",
	NamedExpression: "named_expression", None: "none", NonlocalStatement: "nonlocal_statement",
	NotOperator: "not_operator", Pair: "pair", Parameters: "parameters",
	ParenthesizedExpression: "parenthesized_expression", ParenthesizedListSplat: "parenthesized_list_splat",
	PassStatement: "pass_statement", PatternList: "pattern_list", PrintStatement: "print_statement",
	RaiseStatement: "raise_statement", RelativeImport: "relative_import", ReturnStatement: "return_statement",
	Set: "set", SetComprehension: "set_comprehension", Slice: "slice", SplatPattern: "splat_pattern",
	SplatType: "splat_type", String: "string", Subscript: "subscript", True: "true", TryStatement: "try_statement",
	Tuple: "tuple", TuplePattern: "tuple_pattern", Type: "type", TypeAliasStatement: "type_alias_statement",
	TypeParameter: "type_parameter", TypedDefaultParameter: "typed_default_parameter",
	TypedParameter: "typed_parameter", UnaryOperator: "unary_operator", UnionPattern: "union_pattern",
	UnionType: "union_type", WhileStatement: "while_statement", WildcardImport: "wildcard_import",
	WithClause: "with_clause", WithItem: "with_item", WithStatement: "with_statement", Yield: "yield",
	Operator: "(operator)", Async: "(async)", Other: "(other)",

	AbstractClassDeclaration: "abstract_class_declaration", Arguments: "arguments", Array: "array",
	ArrayPattern: "array_pattern", ArrowFunction: "arrow_function", AsExpression: "as_expression",
	AssignmentExpression: "assignment_expression", AssignmentPattern: "assignment_pattern",
	AugmentedAssignmentExpression: "augmented_assignment_expression", AwaitExpression: "await_expression",
	BinaryExpression: "binary_expression", CallExpression: "call_expression", CatchClause: "catch_clause",
	Class: "class", ClassBody: "class_body", ClassDeclaration: "class_declaration",
	ClassStaticBlock: "class_static_block", ComputedPropertyName: "computed_property_name",
	ExportStatement: "export_statement", ClassField: "field_definition",
	ForInStatement: "for_in_statement", FormalParameters: "formal_parameters",
	FunctionDeclaration: "function_declaration", FunctionExpression: "function_expression",
	GeneratorFunction: "generator_function", GeneratorFunctionDeclaration: "generator_function_declaration",
	Import: "import", ImportClause: "import_clause", ImportRequireClause: "import_require_clause",
	ImportSpecifier: "import_specifier", JSXAttribute: "jsx_attribute",
	LexicalDeclaration: "lexical_declaration", MemberExpression: "member_expression",
	MethodDefinition: "method_definition", NamespaceImport: "namespace_import",
	NewExpression: "new_expression", NonNullExpression: "non_null_expression", Object: "object",
	ObjectAssignmentPattern: "object_assignment_pattern", ObjectPattern: "object_pattern",
	OptionalParameter: "optional_parameter", PairPattern: "pair_pattern",
	PrivatePropertyIdentifier: "private_property_identifier", Program: "program",
	PropertyIdentifier: "property_identifier",
	RequiredParameter:  "required_parameter", RestPattern: "rest_pattern",
	SatisfiesExpression: "satisfies_expression", SequenceExpression: "sequence_expression",
	ShorthandPropertyIdentifier:        "shorthand_property_identifier",
	ShorthandPropertyIdentifierPattern: "shorthand_property_identifier_pattern",
	SpreadElement:                      "spread_element", StatementBlock: "statement_block",
	SubscriptExpression: "subscript_expression", Super: "super", SwitchBody: "switch_body",
	TemplateString: "template_string", TemplateSubstitution: "template_substitution",
	TernaryExpression: "ternary_expression", This: "this", TypeAssertion: "type_assertion",
	UnaryExpression: "unary_expression", UpdateExpression: "update_expression",
	VariableDeclaration: "variable_declaration", VariableDeclarator: "variable_declarator",
}

// String is the grammar's name for the kind.
func (k Kind) String() string { return kindNames[k] }

// Field is the part that a node plays in its parent.
type Field uint8

// The fields. The grammar's "operator" and "operators" are one here.
const (
	NoField Field = iota
	FieldAlias
	FieldAlternative
	FieldArgument
	FieldArguments
	FieldAttribute
	FieldBody
	FieldCause
	FieldCode
	FieldCondition
	FieldConsequence
	FieldConstructor
	FieldDefinition
	FieldExpression
	FieldFunction
	FieldGuard
	FieldIndex
	FieldKey
	FieldKind
	FieldLeft
	FieldModuleName
	FieldName
	FieldObject
	FieldOperator
	FieldParameter
	FieldParameters
	FieldPattern
	FieldProperty
	FieldReturnType
	FieldRight
	FieldSource
	FieldSubject
	FieldSubscript
	FieldSuperclasses
	FieldType
	FieldTypeArguments
	FieldTypeParameters
	FieldValue
)

var fieldNamed = map[string]Field{
	"alias": FieldAlias, "alternative": FieldAlternative, "argument": FieldArgument,
	"arguments": FieldArguments, "attribute": FieldAttribute, "body": FieldBody, "cause": FieldCause,
	"code": FieldCode, "condition": FieldCondition, "consequence": FieldConsequence,
	"constructor": FieldConstructor, "definition": FieldDefinition, "expression": FieldExpression,
	"function": FieldFunction, "guard": FieldGuard, "index": FieldIndex, "key": FieldKey, "kind": FieldKind,
	"left": FieldLeft, "module_name": FieldModuleName, "name": FieldName, "object": FieldObject,
	"operator": FieldOperator, "operators": FieldOperator, "parameter": FieldParameter,
	"parameters": FieldParameters, "pattern": FieldPattern, "property": FieldProperty,
	"return_type": FieldReturnType, "right": FieldRight, "source": FieldSource, "subject": FieldSubject,
	"subscript": FieldSubscript, "superclasses": FieldSuperclasses, "type": FieldType,
	"type_arguments": FieldTypeArguments, "type_parameters": FieldTypeParameters, "value": FieldValue,
}

var kindNamed = func() map[string]Kind {
	named := make(map[string]Kind, kindCount)
	for k, name := range kindNames {
		if name != "" {
			named[name] = Kind(k)
		}
	}
	named["public_field_definition"] = ClassField // TypeScript's name
	return named
}()
