"""Small plans of the invented places, written as they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

ITEMS = (
    "公开年度预算和决算，2021年9月底前完成。（责任单位：区财政局）",
    "严格按照《政府信息公开条例》（国务院令第711号）答复申请，答复率不低于95%。（牵头单位：区政府办公室；责任单位：区政府各部门）",
    "公开办事指南。（责任单位：区行政审批服务局、各镇（街道））",
)


def plan_text(
    items: Sequence[str] = ITEMS,
    *,
    title: str = "2021年澄湖区政务公开工作要点",
    number: str = "澄政办发〔2021〕8号",
    issuer: str = "澄湖区人民政府办公室",
) -> str:
    """A notice with its plan."""
    head = [issuer, f"关于印发《{title}》的通知", *([number] if number else []), "", "各镇人民政府，区政府各部门："]
    notice = [f"现将《{title}》印发给你们，请抓好落实。", "", issuer, "2021年5月6日", ""]
    lines = [*head, *notice, title, "", "一、重点任务"]
    return "\n".join([*lines, *(f"{at}.{item}" for at, item in enumerate(items, 1))]) + "\n"


def write_plan(path: Path, text: str | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if text is not None else plan_text(), "utf-8")
    return path
