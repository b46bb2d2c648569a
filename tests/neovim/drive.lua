-- Neovim's own client against the server: opens a file, waits for what it says of it, mends the mistake, and asks for every kind of thing there is to ask
-- for: by Neovim's own functions where they are, else as a plain request of its client. Prints what it saw as JSON.
-- Environment: PIPEWRIGHT_SERVER, the executable; FACTORY, the folder.
local folder = vim.env.FACTORY
local report = {}

local function fail(what)
  io.stderr:write(what .. '\n')
  vim.cmd('cquit 1')
end

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 50) then
    fail('no ' .. what .. ' within 20 s')
  end
end

local function diagnostics()
  local seen = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, diagnostic.lnum, diagnostic.lnum + 1, false)[1]
    table.insert(seen, {
      code = diagnostic.code or diagnostic.user_data and diagnostic.user_data.lsp.code,
      message = diagnostic.message,
      severity = diagnostic.severity,
      text = line:sub(diagnostic.col + 1, diagnostic.end_col),
    })
  end
  return seen
end

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local client = vim.lsp.start_client({ name = 'pipewright', cmd = { vim.env.PIPEWRIGHT_SERVER, 'lsp' }, root_dir = folder })
vim.cmd('edit ' .. vim.fn.fnameescape(folder .. '/orders.pipeline.yaml'))
vim.lsp.buf_attach_client(0, client)
wait_for('diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
report.broken = diagnostics()

local function request(method, params)
  local replies, problem = vim.lsp.buf_request_sync(0, method, params, 20000)
  local reply = replies and replies[client]
  if not reply or reply.err or reply.error then
    fail(method .. ': ' .. vim.inspect(reply or problem))
  end
  return reply.result or {}
end

local function go_to(text)
  vim.fn.cursor(1, 1)
  if vim.fn.search(text) == 0 then
    fail('no ' .. text .. ' in\n' .. lines())
  end
end

local function at(text, extra)
  go_to(text)
  return vim.tbl_extend('force', vim.lsp.util.make_position_params(), extra or {})
end

local document = { textDocument = vim.lsp.util.make_text_document_params() }
local function whole()
  return vim.tbl_extend('force', document, { range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.fn.line('$'), character = 0 } } })
end

local function pick(list, key)
  return vim.tbl_map(function(item) return item[key] end, list)
end

-- The findings that Neovim is told and those that it asks for are the same.
report.pulled = pick(request('textDocument/diagnostic', document).items, 'code')

-- A quick fix, chosen by its title.
vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    local action = item[2] or item.action
    if action.title == "Change to 'CopyOrders'" then
      return choose(item, 1)
    end
  end
  fail('the fix is not offered: ' .. vim.inspect(items))
end
go_to('CopyOrder]')
vim.lsp.buf.code_action()
wait_for('fix', function() return lines():find('[CopyOrders]', 1, true) end)
report.line = vim.api.nvim_get_current_line()
wait_for('end of the diagnostics', function() return #vim.diagnostic.get(0) == 0 end)
report.mended = diagnostics()

-- From the name in a list to the activity that has it.
local function ask(method, text, extra)
  local found = {}
  for _, place in ipairs(request(method, at(text, extra))) do
    local range = place.targetSelectionRange or place.range
    table.insert(found, range.start.line + 1)
  end
  return found
end

report.definition = ask('textDocument/definition', 'CopyOrders]')
report.references = ask('textDocument/references', 'CopyOrders]', { context = { includeDeclaration = true } })
report.highlights = ask('textDocument/documentHighlight', 'CopyOrders]')

-- What is said about a word, in Neovim's window.
go_to('waitTimeInSeconds')
vim.lsp.buf.hover()
wait_for('hover', function() return #vim.api.nvim_list_wins() > 1 end)
for _, window in ipairs(vim.api.nvim_list_wins()) do
  if window ~= vim.api.nvim_get_current_win() then
    report.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    vim.api.nvim_win_close(window, true)
  end
end

report.signature = request('textDocument/signatureHelp', at("'x')")).signatures[1].label
report.symbols = pick(request('textDocument/documentSymbol', document)[1].children or request('textDocument/documentSymbol', document), 'name')
report.folds = #request('textDocument/foldingRange', document)
report.links = #request('textDocument/documentLink', document)
report.hints = pick(request('textDocument/inlayHint', whole()), 'label')
report.tokens = #request('textDocument/semanticTokens/full', document).data
report.lenses = vim.tbl_map(function(lens) return lens.command and lens.command.title or '' end, request('textDocument/codeLens', document))
local selection = request('textDocument/selectionRange', vim.tbl_extend('force', document, { positions = { at('CopyOrders]').position } }))[1]
report.selections = 0
while selection do
  report.selections = report.selections + 1
  selection = selection.parent
end

local item = request('textDocument/prepareCallHierarchy', at('^description'))[1]
report.callers = vim.tbl_map(function(call) return call.from.name end, request('callHierarchy/incomingCalls', { item = item }))
report.found = pick(request('workspace/symbol', { query = 'clean' }), 'name')

-- A name is changed everywhere.
go_to('CopyOrders$')
vim.lsp.buf.rename('ImportOrders')
wait_for('new name', function() return lines():find('[ImportOrders]', 1, true) and lines():find('name: ImportOrders', 1, true) end)
report.old = lines():find('CopyOrders', 1, true)

-- Lines are laid out.
vim.bo.shiftwidth = 2
vim.bo.expandtab = true
go_to('PublishOrders')
vim.cmd('s/name: /name:    /')
if vim.lsp.buf.format then
  vim.lsp.buf.format({ async = false, timeout_ms = 20000 })
else
  vim.lsp.buf.formatting_sync(nil, 20000)
end
report.formatted = vim.fn.getline(vim.fn.search('PublishOrders'))

-- A list that is just being typed, and the first of what is offered taken.
local typed = '    dependsOn: ['
vim.api.nvim_buf_set_lines(0, -1, -1, false, { typed })
vim.cmd('normal! G')
vim.cmd('startinsert!')
local params = vim.lsp.util.make_position_params()
params.position.character = #typed
local result = request('textDocument/completion', params)
local items = result.items or result
report.completion = pick(items, 'label')
local edits = vim.list_extend({ items[1].textEdit }, items[1].additionalTextEdits or {})
vim.lsp.util.apply_text_edits(edits, vim.api.nvim_get_current_buf(), vim.lsp.get_client_by_id(client).offset_encoding)
report.accepted = vim.fn.getline('$')
report.first = items[1].label

io.stdout:write(vim.fn.json_encode(report) .. '\n')
vim.lsp.stop_client(client)
vim.cmd('qall!')
