# The doors of this project. Needed before: git, make, python3 (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MISSES ?= 0
STORE ?= data
HOST ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help check test eval bench serve

help: ## 列出可用的命令 / list these doors
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

check: $(READY) ## 格式、规范、类型、分层 / format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict api kg ontology queries
	$(BIN)/pytest -q tests/test_layers.py

test: $(READY) ## 安装所需并跑全部测试 / install what is needed and run every test
	@.ci/system-packages $(VENV)
	$(BIN)/pytest -n auto --dist loadfile

eval: $(READY) ## 与标准答案比对；MISSES=20 列出差错 / score against the truth; MISSES=20 lists what is wrong
	@$(BIN)/python -m tests.evaluation --misses $(MISSES)

bench: $(READY) ## 测速度与内存 / measure time and memory
	@$(BIN)/python -m tests.bench

serve: $(READY) ## 把示例文件读进库，启动端点、API 和网页 / fill the store with the samples, serve the endpoint, the API and pages
	@$(BIN)/zhengpu demo --store $(STORE)
	@$(BIN)/zhengpu serve --store $(STORE) --host $(HOST) --port $(PORT)

# Installed anew only when the lock, the project file or this interpreter changed.
$(READY): requirements.lock pyproject.toml .ci/environment
	@.ci/environment $(PYTHON) $(VENV)
	@touch $@
