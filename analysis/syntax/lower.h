/* Lowers a whole tree-sitter tree into plain records in one call.
 *
 * The declarations below repeat, in shape, the part of tree-sitter's public C API that lower.c calls; the
 * binding compiles the functions themselves, and the linker joins the two. */
#ifndef PYODIDE_LS_LOWER_H
#define PYODIDE_LS_LOWER_H
#include <stdbool.h>
#include <stdint.h>

typedef struct TSTree TSTree;
typedef struct { uint32_t context[4]; const void *id; const TSTree *tree; } TSNode;
typedef struct { const void *tree; const void *id; uint32_t context[3]; } TSTreeCursor;

extern TSNode ts_tree_root_node(const TSTree *);
extern uint32_t ts_node_child_count(TSNode);
extern uint32_t ts_node_descendant_count(TSNode);
extern uint32_t ts_node_start_byte(TSNode);
extern uint32_t ts_node_end_byte(TSNode);
extern uint16_t ts_node_symbol(TSNode);
extern bool ts_node_is_missing(TSNode);
extern bool ts_node_has_error(TSNode);
extern TSTreeCursor ts_tree_cursor_new(TSNode);
extern void ts_tree_cursor_delete(TSTreeCursor *);
extern TSNode ts_tree_cursor_current_node(const TSTreeCursor *);
extern uint16_t ts_tree_cursor_current_field_id(const TSTreeCursor *);
extern bool ts_tree_cursor_goto_first_child(TSTreeCursor *);
extern bool ts_tree_cursor_goto_next_sibling(TSTreeCursor *);
extern bool ts_tree_cursor_goto_parent(TSTreeCursor *);

/* One node, 20 bytes, without pointers. Records stand in pre-order: the first child of record i is i+1 if
 * i+1 < after, and its next sibling is after, if that is below its parent's after. */
typedef struct {
  uint32_t start, end; /* bytes */
  int32_t parent;
  int32_t after;
  uint8_t kind, field, flags, unused;
} lower_record;

/* A child of the root that gets a record: what stands for its subtree, and where it starts. Subtrees do not change and
 * trees share them, so two trees that are both there have the same below the root wherever these are the same. The id
 * of a node is the place in which its parent has it. */
typedef struct { uintptr_t subtree; uint32_t start; } lower_top;

enum { LOWER_BROKEN = 1, LOWER_MISSING = 2, LOWER_IN_ERROR = 4 };

/* What the symbols and fields of a grammar mean here. A symbol of kind 0 gets no record and is not entered;
 * a token that stands in an operator field is an operator whatever its symbol. */
typedef struct {
  const uint8_t *kinds;
  uint32_t kind_count;
  const uint8_t *fields;
  uint32_t field_count;
  uint8_t error_kind, operator_kind, operator_field;
} lower_grammar;

uint32_t lower_count(const TSTree *tree); /* no more records than these, */
uint32_t lower_width(const TSTree *tree); /* and no more of them below the root */
uint32_t lower_tops(const TSTree *tree, const lower_grammar *grammar, lower_top *out, uint32_t capacity);
/* Of what is below the root only so many from the first on, with what they hold, as if there were no others. */
uint32_t lower_tree(const TSTree *tree, const lower_grammar *grammar, uint32_t first, uint32_t count, lower_record *out, uint32_t capacity);
bool lower_has_error(const TSTree *tree);
#endif
