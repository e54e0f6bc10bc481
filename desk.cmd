@echo off
rem Opens the editor's desk on Windows, where there is no make: double-click this file, or type .\desk
rem The first time it sets up .venv from locked versions, which takes some minutes.
chcp 65001 >nul
cd /d "%~dp0"
set PYTHON=python
where /q py && set PYTHON=py -3
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul || goto missing
if not exist .venv\Scripts\python.exe %PYTHON% -m venv .venv
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt && .venv\Scripts\python -m generator desk %*
if errorlevel 1 pause
exit /b

:missing
echo 请先安装 Python 3.11 或更新的版本，再打开 desk.cmd
echo 請先安裝 Python 3.11 或更新的版本，然後再開啟 desk.cmd
echo Install Python 3.11 or newer first, then open desk.cmd again
echo https://www.python.org/downloads/windows/
pause
exit /b 1
