--- What the tests have in common: saying what held, waiting, and looking at what the editor shows.
local M = { failed = 0, told = require("pyodide_ls_told") }

--- How long something may take before it counts as missing. The tests of broken servers shorten it.
local PATIENCE = tonumber(vim.env.PYODIDE_LS_PATIENCE) or 10000

function M.check(name, held, got)
  if held then
    io.stdout:write("ok - " .. name .. "\n")
    return true
  end
  M.failed = M.failed + 1
  io.stdout:write("not ok - " .. name .. "\n")
  local shown = type(got) == "string" and got or vim.inspect(got)
  io.stdout:write("  # got: " .. shown:gsub("\n", "\n  # ") .. "\n")
  return false
end

--- Goes on with nothing that follows from what did not hold.
function M.must(name, held, got)
  if not M.check(name, held, got) then
    error("the rest makes no sense without it", 0)
  end
end

function M.wait(condition, longer)
  return vim.wait(PATIENCE * (longer or 1), condition, 10)
end

--- Whether something still holds after a while in which it could have changed: the one way to see that
--- nothing comes.
function M.lasts(condition)
  return not vim.wait(300, function()
    return not condition()
  end, 10)
end

--- What holds at the end of all that went well.
function M.check_quiet()
  local bad = vim.tbl_filter(function(one)
    return one.level >= vim.log.levels.WARN
  end, M.told)
  M.check("nobody complained", #bad == 0 and vim.v.errmsg == "", { bad, vim.v.errmsg })
  if vim.fn.has("nvim-0.11") == 1 then
    vim.cmd("silent checkhealth vim.deprecated")
    M.check("nothing deprecated is used", M.text():find("No deprecated functions detected", 1, true), M.text())
  end
end

--- Runs the checks and ends the editor the way a person does, so that it ends its servers.
function M.run(checks)
  local ok, why = xpcall(checks, function(e)
    return type(e) == "string" and e:find("makes no sense", 1, true) and e or debug.traceback(e)
  end)
  if not ok then
    M.check("the checks come to their end", false, why)
  end
  vim.cmd(M.failed == 0 and "qall!" or "cquit 1")
end

function M.write(path, text)
  vim.fn.mkdir(vim.fn.fnamemodify(path, ":h"), "p")
  vim.fn.writefile(vim.split(text, "\n"), path, "b")
end

function M.lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

function M.text()
  return table.concat(M.lines(), "\n") .. "\n"
end

--- The findings of the current buffer in the order of their places, each as "rule line: the text below it".
--- That text is taken by the columns of the finding, so a wrong encoding shows.
function M.findings()
  local all = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1] or ""
    local code = d.code or vim.tbl_get(d, "user_data", "lsp", "code") -- where 0.7 keeps it
    all[#all + 1] = { d.lnum, d.col, ("%s %d: %s"):format(code, d.lnum + 1, line:sub(d.col + 1, d.end_col)) }
  end
  table.sort(all, function(a, b)
    return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
  end)
  return vim.tbl_map(function(one)
    return one[3]
  end, all)
end

--- The text of the floating windows, without what only marks it up.
function M.floats()
  local out = {}
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(win).relative ~= "" then
      vim.list_extend(out, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false))
    end
  end
  return (table.concat(out, "\n"):gsub("[`*]", ""))
end

--- Headless, no movement of the cursor closes them.
function M.close_floats()
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(win).relative ~= "" then
      vim.api.nvim_win_close(win, true)
    end
  end
end

--- Asks for code actions as a person does, and picks one by its title. Returns the titles in the menu.
function M.choose(title, context)
  local offered
  vim.ui.select = function(items, opts, on_choice)
    offered = vim.tbl_map(opts.format_item, items)
    for i, label in ipairs(offered) do
      if label:find(title, 1, true) then
        return on_choice(items[i], i)
      end
    end
    on_choice(nil, nil)
  end
  vim.lsp.buf.code_action(vim.fn.has("nvim-0.8") == 1 and { context = context } or context)
  M.wait(function()
    return offered
  end)
  return offered or {}
end

return M
