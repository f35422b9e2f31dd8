-- What a person sees whose program is not on PATH.
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
local t = dofile(here .. "/checks.lua")
local dir, told = assert(vim.env.PYODIDE_LS_DIR), t.told

t.run(function()
  local function complaints()
    return vim.tbl_filter(function(one)
      return one.message:find("cannot run " .. vim.env.PYODIDE_LS_CMD, 1, true)
    end, told)
  end
  vim.cmd("silent edit " .. dir .. "/notes.txt")
  t.check("nothing is said before a Python file is opened", #told == 0, told)
  for _, name in ipairs({ "one.py", "two.py" }) do
    t.write(dir .. "/" .. name, "import js\n")
    vim.cmd("silent edit " .. dir .. "/" .. name)
  end
  t.check("a missing program is told of", #complaints() == 1, told)
  t.check("once, and as a warning", #told == 1 and told[1].level == vim.log.levels.WARN, told)
end)
