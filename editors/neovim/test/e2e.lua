-- The server in the real editor; run.sh starts it. PYODIDE_LS_DIR is a folder for its files.
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
local t = dofile(here .. "/checks.lua")
local check, must, wait, lasts, findings = t.check, t.must, t.wait, t.lasts, t.findings
local plugin = require("pyodide_ls")
local dir, told = assert(vim.env.PYODIDE_LS_DIR), t.told

-- The emoji is four bytes, two UTF-16 units and one character: a server and an editor that do not agree on
-- what a column is show it on this line.
local BRIDGE = [[
import time

from js import document, setTimeout


def tick(*args):
    print("tick")


names = "😀é"; setTimeout(tick, 10)
document.getElementById("go").addEventListener("click", tick)
time.sleep(2)
]]
local FINDINGS = { "bare-callback 10: tick", "bare-callback 11: tick", "block-main 12: time.sleep(2)" }

local FIXED = [[
import time

from js import document, setTimeout
from pyodide.ffi import create_once_callable
from pyodide.ffi.wrappers import add_event_listener


def tick(*args):
    print("tick")


names = "😀é"; setTimeout(create_once_callable(tick), 10)
add_event_listener(document.getElementById("go"), "click", tick)
time.sleep(2)
]]

local function open(path)
  vim.cmd("silent edit " .. vim.fn.fnameescape(path))
end

local function shows(expected)
  return function()
    return vim.deep_equal(findings(), expected)
  end
end

--- The findings, and each of them once: an editor that is told and also asks must not show two of each.
local function check_findings(name, expected)
  local is = shows(expected)
  return check(name, wait(is) and lasts(is), findings())
end

--- The text that the checks begin with.
local function reset()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(BRIDGE), "\n"))
  must("the findings are back", wait(shows(FINDINGS)), findings())
end

local function cursor_at(line, word)
  vim.api.nvim_win_set_cursor(0, { line, t.lines()[line]:find(word, 1, true) - 1 })
end

--- Types into a line, a character at a time and with the pauses of a person, in which the editor speaks
--- with the server.
local function type_in(row, col, text)
  for char in text:gmatch("[%z\1-\127\194-\244][\128-\191]*") do
    vim.api.nvim_buf_set_text(0, row, col, row, col, char == "\n" and { "", "" } or { char })
    row, col = char == "\n" and row + 1 or row, char == "\n" and 0 or col + #char
    vim.wait(2)
  end
end

local function rub_out(row, from)
  local line = t.lines()[row + 1]
  while #line > from do
    local last = line:match("[%z\1-\127\194-\244][\128-\191]*$")
    vim.api.nvim_buf_set_text(0, row, #line - #last, row, #line, { "" })
    line = line:sub(1, #line - #last)
    vim.wait(2)
  end
end

local function client()
  return plugin.client(vim.api.nvim_get_current_buf())
end

local function attaches()
  return wait(function()
    local c = client()
    return c and c.server_capabilities and next(c.server_capabilities) ~= nil
  end)
end

local function check_start()
  t.write(dir .. "/project/pyodide-ls.toml", "")
  t.write(dir .. "/project/.git/HEAD", "")
  t.write(dir .. "/project/src/bridge.py", BRIDGE)
  open(dir .. "/project/src/bridge.py")
  must("the server is attached", attaches(), told)
  check("the project is its root", client().config.root_dir == dir .. "/project", client().config.root_dir)
  local counts = vim.fn.has("nvim-0.11") == 1 and "utf-8" or "utf-16"
  check("it counts in " .. counts, client().offset_encoding == counts, client().offset_encoding)

  must("the findings are there", wait(shows(FINDINGS)), findings())
  check("each of them once", lasts(shows(FINDINGS)), findings())
  local all = vim.diagnostic.get(0, { lnum = 9 })
  local d = all[1] or {}
  check("severity", d.severity == vim.diagnostic.severity.ERROR, d)
  check("source", d.source == "pyodide-ls", d)
  check("message", (d.message or ""):find("destroyed when setTimeout returns", 1, true), d)
  d = vim.diagnostic.get(0, { lnum = 11 })[1] or {}
  check("another severity", d.severity == vim.diagnostic.severity.WARN, d)
end

local function check_edits()
  type_in(11, #"time.sleep(2)", '\nmore = ["🦊", "ß"]; setTimeout(tick, 20)  # 🦊')
  local more = vim.list_extend(vim.deepcopy(FINDINGS), { "bare-callback 13: tick" })
  check_findings("a finding in what was typed", more)
  type_in(0, 0, "# é\n# 😀\n")
  check_findings("findings move with the text", {
    "bare-callback 12: tick",
    "bare-callback 13: tick",
    "block-main 14: time.sleep(2)",
    "bare-callback 15: tick",
  })
  rub_out(14, #'more = ["🦊"')
  type_in(14, #'more = ["🦊"', "]")
  check_findings("a finding goes with its text", {
    "bare-callback 12: tick",
    "bare-callback 13: tick",
    "block-main 14: time.sleep(2)",
  })
  vim.cmd("silent normal! Gddgg2x")
  vim.cmd("silent normal! ggdddd")
  check_findings("lines are deleted", FINDINGS)
  vim.cmd("silent normal! 10Gyyp0fts(")
  vim.wait(5)
  check_findings("half-typed code keeps the findings around it", {
    "bare-callback 10: tick",
    "bare-callback 12: tick",
    "block-main 13: time.sleep(2)",
  })
  reset()
end

local function check_hover()
  cursor_at(10, "tick")
  vim.lsp.buf.hover()
  local page = vim.fn.readfile(vim.fn.fnamemodify(here, ":h:h:h") .. "/rules/barecallback/bare-callback.md")[1]
  local title = page:match(": (.*)")
  check(
    "hover shows the page of the rule",
    wait(function()
      return t.floats():find(title, 1, true)
    end),
    t.floats()
  )
  check("and why this is one", t.floats():find("destroyed when setTimeout returns", 1, true), t.floats())
  t.close_floats()
end

local function check_hints()
  if vim.fn.has("nvim-0.10") == 0 then
    return -- which has no inlay hints
  end
  vim.lsp.inlay_hint.enable(true)
  local function hints()
    return vim.tbl_map(function(one)
      local label = one.inlay_hint.label
      if type(label) == "table" then
        label = table.concat(vim.tbl_map(function(part)
          return part.value
        end, label))
      end
      return one.inlay_hint.position.line + 1 .. ": " .. label
    end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
  end
  check(
    "a hint says where the file runs",
    wait(function()
      return (hints()[1] or ""):find("^1: runs on: main thread")
    end),
    hints()
  )
  vim.lsp.inlay_hint.enable(false)
end

local function check_actions()
  cursor_at(10, "tick")
  local offered = t.choose("Wrap it in create_once_callable")
  check("a quick fix is offered", vim.tbl_contains(offered, "Wrap it in create_once_callable"), offered)
  local mended = 'names = "😀é"; setTimeout(create_once_callable(tick), 10)'
  check(
    "it changes the text",
    wait(function()
      return vim.tbl_contains(t.lines(), mended)
    end),
    t.lines()
  )
  check("and imports what it uses", vim.tbl_contains(t.lines(), "from pyodide.ffi import create_once_callable"))
  check_findings("its finding is gone", { "bare-callback 12: tick", "block-main 13: time.sleep(2)" })
  reset()

  cursor_at(11, "tick")
  offered = t.choose("Ignore bare-callback on this line")
  check("ignoring is offered", vim.tbl_contains(offered, "Ignore bare-callback on this line"), offered)
  check_findings("an ignored finding is gone", { "bare-callback 10: tick", "block-main 12: time.sleep(2)" })
  check("the comment is there", t.lines()[11]:find("# pyodide-ls: ignore[bare-callback]", 1, true), t.lines()[11])
  reset()

  cursor_at(11, "tick")
  t.choose("Ignore bare-callback in this file")
  local file_comment = "# pyodide-ls: ignore-file[bare-callback]"
  check(
    "a file can be ignored",
    wait(function()
      return t.text():find(file_comment, 1, true) and #findings() == 1
    end),
    t.lines()
  )
  reset()

  offered = t.choose("Fix all safe findings", { only = { "source.fixAll.pyodide-ls" }, diagnostics = {} })
  check("only fix-all is offered when only that is asked for", #offered == 1, offered)
  check(
    "it fixes all",
    wait(function()
      return t.text() == FIXED
    end),
    t.text()
  )
  check_findings("what is not safe stays", { "block-main 14: time.sleep(2)" })
  reset()
end

local function check_saving()
  -- On Linux this editor watches no files, so that settings changed is seen when something is saved.
  t.write(dir .. "/project/pyodide-ls.toml", '[rules]\nblock-main = "off"\n')
  vim.cmd("silent write")
  check_findings("settings that changed count after saving", { FINDINGS[1], FINDINGS[2] })
  t.write(dir .. "/project/pyodide-ls.toml", "")
  vim.cmd("silent write")
  check_findings("and count no longer", FINDINGS)

  -- The recipe as it stands in the README.
  local readme = table.concat(vim.fn.readfile(vim.fn.fnamemodify(here, ":h") .. "/README.md"), "\n")
  local recipe = readme:match("```lua\n([^`]*BufWritePre.-)```")
  must("the README has a recipe for saving", recipe ~= nil, readme)
  assert(loadstring(recipe))()
  vim.api.nvim_buf_set_lines(0, 0, 0, false, {})
  vim.cmd("silent write")
  local written = table.concat(vim.fn.readfile(vim.api.nvim_buf_get_name(0), "b"), "\n")
  check("saving fixes all first", written == FIXED, written)
  check_findings("the saved file keeps its finding", { "block-main 14: time.sleep(2)" })

  t.write(vim.api.nvim_buf_get_name(0), BRIDGE)
  vim.cmd("silent edit!")
  check_findings("a file that another program wrote is read again", FINDINGS)
end

local function check_places()
  local first = client().id
  t.write(dir .. "/project/src/two.py", "import js\n\njs.setTimeout(print, 1)\n")
  open(dir .. "/project/src/two.py")
  check_findings("another file of the project", { "bare-callback 3: print" })
  check("is served by the same server", client() and client().id == first, client() and client().id)

  t.write(dir .. "/other/package.json", "{}")
  t.write(dir .. "/other/three.py", "import js\n\njs.setTimeout(print, 1)\n")
  open(dir .. "/other/three.py")
  check_findings("a file of another project", { "bare-callback 3: print" })
  check("is served by another", client() and client().id ~= first, client() and client().id)
  local other = client() and client().id

  t.write(dir .. "/a b,c/four é.py", "import js\n\njs.setTimeout(print, 1)\n")
  open(dir .. "/a b,c/four é.py")
  check_findings("a file without a root, with a name that needs escaping", { "bare-callback 3: print" })
  local alone = client()
  check("has no root", alone and alone.config.root_dir == nil, alone and alone.config.root_dir)
  t.write(dir .. "/a b,c/five.py", "import js\n\njs.setTimeout(print, 1)\n")
  open(dir .. "/a b,c/five.py")
  check_findings("another file without a root", { "bare-callback 3: print" })
  local id = client() and client().id
  check("shares its server", alone and id == alone.id and id ~= first and id ~= other, id)

  t.write(
    dir .. "/other/page.html",
    '<!doctype html>\n<p>é</p>\n<script type="py">\n  import js\n\n  js.setTimeout(print, 1)\n</script>\n'
  )
  open(dir .. "/other/page.html")
  check_findings("Python in a page", { "bare-callback 6: print" })
  t.write(dir .. "/other/app.js", "pyodide.runPython(\"import js; s = 'é'; js.setTimeout(print, 1)\");\n")
  open(dir .. "/other/app.js")
  check_findings("Python in a script", { "bare-callback 1: print" })
  check("by the project's server", client() and client().id == other, client() and client().id)

  open(dir .. "/notes.txt")
  check("other files are left alone", client() == nil and #findings() == 0, findings())
end

t.run(function()
  check_start()
  check_edits()
  check_hover()
  check_hints()
  check_actions()
  check_saving()
  check_places()
  t.check_quiet()
end)
