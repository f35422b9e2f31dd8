-- The round trip: a file runs in a real browser, and what that shows stands in the editor until the file is another
-- one. run.sh starts it; its xdg-open is the browser, and notes in a file what it was asked to open.
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
local t = dofile(here .. "/checks.lua")
local check, must, wait = t.check, t.must, t.wait
local dir, told = assert(vim.env.PYODIDE_LS_DIR), t.told

-- The first mistake is one that is found, the other only the browser sees.
local WRONG = [[
from js import setTimeout


def tick():
    print("tick")


setTimeout(tick, 10)
print({}["nothing"])
]]
local FOUND = "pyodide-ls: this callback is destroyed when setTimeout returns, so it is gone when the time is up"
local FINDINGS = { "8 " .. FOUND }
local EVIDENCE = {
  "8 " .. FOUND .. " (measured: called after it was destroyed)",
  "9 pyodide-ls (measured): raised: KeyError: 'nothing'",
}

local RUN = "Run in browser"
local END = "End the preview"
-- Pyodide takes seconds to load, and longer where three editors wait for it at once.
local LOADING = 9

--- What the editor shows, line by line.
local function shown()
  local all = vim.diagnostic.get(0)
  table.sort(all, function(a, b)
    return a.lnum < b.lnum
  end)
  return vim.tbl_map(function(d)
    return ("%d %s: %s"):format(d.lnum + 1, d.source, d.message)
  end, all)
end

local function shows(expected, longer)
  return wait(function()
    return vim.deep_equal(shown(), expected)
  end, longer)
end

--- The addresses that the browser was asked to open.
local function opened()
  return vim.fn.filereadable(dir .. "/opened") == 1 and vim.fn.readfile(dir .. "/opened") or {}
end

--- What a person does whose editor can only tell an address: opens it by hand.
local function open_by_hand()
  local address
  wait(function()
    address = vim.fn.execute("messages"):match("main%.py runs at (http://%S+)")
    return address
  end)
  must("the address is told", address, vim.fn.execute("messages"))
  vim.fn.system({ "xdg-open", address })
  vim.cmd("messages clear")
end

local function check_opened(name, count)
  if not vim.lsp.handlers["window/showDocument"] then
    if count == 1 then
      io.stdout:write("preview: this version opens no browser, so the address was opened by hand\n")
    end
    open_by_hand()
  end
  must(name, wait(function()
    return #opened() == count
  end) and opened()[count]:find("^http://127%.0%.0%.1:%d+/"), { opened(), told, vim.fn.execute("messages") })
end

local function check_lens()
  local lens = vim.lsp.codelens
  if lens.enable then
    lens.enable(true)
  end
  local function titles()
    return vim.tbl_map(function(one)
      return (one.lens or one).command.title -- 0.12 says whose it is
    end, lens.enable and lens.get({ bufnr = 0 }) or lens.get(0))
  end
  must(
    "a lens offers to run the file",
    wait(function()
      if not lens.enable and #titles() == 0 then
        lens.refresh()
      end
      return vim.deep_equal(titles(), { RUN })
    end),
    titles()
  )
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  lens.run()
  check_opened("it opens the browser", 1)
end

local function check_evidence()
  must("what the browser shows stands in the text", shows(EVIDENCE, LOADING), { shown(), vim.fn.execute("messages") })
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { "# another text" })
  check("it goes when the text is another one", shows({ "9 " .. FOUND }), shown())
  vim.cmd("silent undo")
  check("and is back when that is undone", shows(EVIDENCE), shown())
end

local function check_again()
  local offered = t.choose(RUN)
  check("an action shows it again", vim.tbl_contains(offered, RUN), offered)
  check_opened("in the browser", 2)
  vim.cmd("PyodideLsPreview")
  check_opened("and the command does so too", 3)
end

local function check_mended()
  vim.api.nvim_win_set_cursor(0, { 8, #"setTimeout(" })
  t.choose("Wrap it in create_once_callable")
  check("a fix takes the finding and all evidence away", shows({}), shown())
  vim.cmd("silent $delete")
  vim.cmd("silent write")
  check("and what is saved is clean", shows({}), shown())
end

local function check_end()
  local offered = t.choose("none of them")
  check("ending it is offered", vim.tbl_contains(offered, END), offered)
  vim.cmd("PyodideLsPreviewStop")
  local gone = wait(function()
    offered = t.choose("none of them")
    return #offered > 0 and not vim.tbl_contains(offered, END)
  end)
  check("the command ends it", gone, offered)
end

local function check_others()
  vim.cmd("silent edit " .. dir .. "/notes.txt")
  vim.cmd("PyodideLsPreview")
  local last = told[#told] or {}
  check("what is not served is not run", (last.message or ""):find("does not serve this file", 1, true), told)
end

t.run(function()
  -- A release that stands in the cache.
  t.write(dir .. "/preview/pyodide-ls.toml", 'target-version = "0.29"\n')
  t.write(dir .. "/preview/main.py", WRONG)
  vim.cmd("silent edit " .. vim.fn.fnameescape(dir .. "/preview/main.py"))
  must("the finding is there, and nothing measured", shows(FINDINGS), { shown(), told })
  check_lens()
  check_evidence()
  check_again()
  check_mended()
  check_end()
  t.check_quiet()
  check_others()
end)
