# The doors of this project. Needed before: git, make, python3 (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXPLORER := viz/web/dist/index.html
MISSES ?= 0
STORE ?= data
HOST ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help check test eval bench conformance pictures explorer wheel serve

help: ## 列出可用的命令 / list these doors
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

check: $(READY) $(EXPLORER) ## 格式、规范、类型、分层 / format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict api kg ontology queries viz
	$(BIN)/pytest -q tests/test_layers.py
	cd viz/web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

test: $(READY) $(EXPLORER) ## 安装所需并跑全部测试 / install what is needed and run every test
	@.ci/system-packages $(VENV)
	@.ci/node-packages $(VENV) tests/conformance/node || echo "没有 rdf-test-suite 和 Comunica，跳过它们的测试 / no rdf-test-suite and Comunica: their tests are skipped"
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

eval: $(READY) ## 与标准答案比对；MISSES=20 列出差错 / score against the truth; MISSES=20 lists what is wrong
	@$(BIN)/python -m tests.evaluation --misses $(MISSES)

bench: $(READY) $(EXPLORER) ## 测速度与内存；ONLY=search,serve 只测几样 / measure time and memory; ONLY=… some of it
	@.ci/system-packages $(VENV)
	@$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY))

conformance: $(READY) ## W3C 测试，EARL 报告 / the W3C's tests and their EARL report
	@.ci/node-packages $(VENV) tests/conformance/node
	@$(BIN)/python -m tests.conformance

pictures: $(READY) $(EXPLORER) ## 各视图的截图 / screenshots of every view, into docs/pictures
	@.ci/system-packages $(VENV)
	@$(BIN)/python -m tests.explorer.pictures

explorer: $(EXPLORER) ## 构建浏览器 / build the explorer

wheel: $(READY) $(EXPLORER) ## 打成安装包，含浏览器 / the wheel, with the built explorer
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w dist .

serve: $(READY) $(EXPLORER) ## 把示例文件读进库，启动端点、API 和网页 / fill the store with the samples, serve the endpoint, the API and pages
	@$(BIN)/zhengpu demo --store $(STORE)
	@$(BIN)/zhengpu serve --store $(STORE) --host $(HOST) --port $(PORT)

# Installed anew only when the lock, the project file or this interpreter changed.
$(READY): requirements.lock pyproject.toml .ci/environment
	@.ci/environment $(PYTHON) $(VENV)
	@touch $@

# Built anew only when its sources changed.
$(EXPLORER): $(READY) .ci/explorer .ci/node-packages viz/web/package-lock.json viz/web/index.html viz/web/vite.config.ts viz/kinds.json $(shell find viz/web/src viz/web/public -type f)
	@.ci/explorer $(VENV)
	@touch $@
