#include "lower.h"

uint32_t lower_width(const TSTree *tree) { return ts_node_child_count(ts_tree_root_node(tree)); }

uint32_t lower_count(const TSTree *tree) { return ts_node_descendant_count(ts_tree_root_node(tree)); }

bool lower_has_error(const TSTree *tree) { return ts_node_has_error(ts_tree_root_node(tree)); }

/* kind_of is the kind of the node that the cursor is at, 0 for one that gets no record, and its field. */
static uint8_t kind_of(const TSTreeCursor *cursor, TSNode node, const lower_grammar *grammar, uint8_t *field) {
  uint16_t symbol = ts_node_symbol(node);
  uint16_t field_id = ts_tree_cursor_current_field_id(cursor);
  *field = field_id < grammar->field_count ? grammar->fields[field_id] : 0;
  uint8_t kind = symbol < grammar->kind_count ? grammar->kinds[symbol] : grammar->error_kind;
  return kind == 0 && *field != 0 && *field == grammar->operator_field ? grammar->operator_kind : kind;
}

uint32_t lower_tops(const TSTree *tree, const lower_grammar *grammar, lower_top *out, uint32_t capacity) {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  uint32_t n = 0;
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more && n < capacity; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    uint8_t field;
    if (kind_of(&cursor, node, grammar, &field) != 0) out[n++] = (lower_top){*(const uintptr_t *)node.id, ts_node_start_byte(node)};
  }
  ts_tree_cursor_delete(&cursor);
  return n;
}

uint32_t lower_tree(const TSTree *tree, const lower_grammar *grammar, uint32_t first, uint32_t count, lower_record *out, uint32_t capacity) {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  uint32_t n = 0, top = 0;
  int32_t parent = -1;
  for (;;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    uint8_t field, kind = kind_of(&cursor, node, grammar, &field);
    if (parent == 0 && kind != 0 && top++ - first >= count) kind = 0;
    if (kind != 0) {
      if (n == capacity) break;
      lower_record *r = out + n;
      r->start = ts_node_start_byte(node);
      r->end = ts_node_end_byte(node);
      r->parent = parent;
      r->after = (int32_t)++n;
      r->kind = kind;
      r->field = field;
      r->flags = (uint8_t)((ts_node_has_error(node) ? LOWER_BROKEN : 0) | (ts_node_is_missing(node) ? LOWER_MISSING : 0));
      if (parent >= 0 && (out[parent].kind == grammar->error_kind || (out[parent].flags & LOWER_IN_ERROR))) r->flags |= LOWER_IN_ERROR;
      r->unused = 0;
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        parent = (int32_t)n - 1;
        continue;
      }
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) goto done;
      out[parent].after = (int32_t)n;
      parent = out[parent].parent;
    }
  }
done:
  ts_tree_cursor_delete(&cursor);
  return n;
}
