"""Plans made for measuring: as many tasks and as many documents as wanted, no two alike."""

from __future__ import annotations

import random

_MATTERS = (
    "部门预算和决算",
    "重大建设项目批准和实施",
    "公共资源配置",
    "社会救助和社会福利",
    "食品药品抽检",
    "义务教育招生",
    "保障性住房分配",
    "生态环境监测",
    "行政处罚",
    "政府采购",
)
_WAYS = (
    "按照《政务公开办法》（青政办发〔2030〕7号）要求，逐项列明依据、条件和结果，",
    "通过门户网站集中发布，并在办事大厅设置查阅点，",
    "对群众来信来访逐件登记、逐件答复，答复率不低于95%，",
    "",
)
_TIMES = ("2031年9月底前完成", "自信息形成之日起20个工作日内公开", "每季度至少更新1次", "长期坚持")
_UNITS = (
    "市财政局",
    "市教育局",
    "市民政局",
    "市生态环境局",
    "市住房和城乡建设局",
    "市政府办公室（市大数据局）",
    "各镇（街道）",
    "市市场监督管理局",
)


def make_plan(seed: int, tasks: int = 60) -> str:
    """The text of a plan of so many tasks, three quarters of them items and the rest rows of a table."""
    chance = random.Random(seed)
    rows = tasks // 4
    lines = ["青岩市人民政府办公室", f"关于印发2031年青岩市第{seed}批政务公开工作要点的通知", f"青政办发〔2031〕{seed + 1}号", ""]
    lines += ["各县（市、区）人民政府，市政府各部门：", "现将要点印发给你们，请抓好落实。", "", "青岩市人民政府办公室", "2031年4月8日", ""]
    lines += [f"2031年青岩市第{seed}批政务公开工作要点", ""]
    for number in range(1, tasks - rows + 1):
        if number % 10 == 1:
            lines.append(f"{'一二三四五六七八九十'[number // 10 % 10]}、公开第{number // 10 + 1}类信息")
        units = "、".join(chance.sample(_UNITS, chance.randrange(1, 4)))
        text = f"公开{chance.choice(_MATTERS)}信息，{chance.choice(_WAYS)}{chance.choice(_TIMES)}。"
        lines.append(f"{number}.{text}（责任单位：{units}）")
    lines += ["", "附件", "", f"2031年青岩市第{seed}批政务公开工作任务分解表", "", "序号\t工作要求\t责任单位\t完成时限"]
    for number in range(1, rows + 1):
        time = chance.choice(_TIMES[:1] + _TIMES[3:])
        lines.append(f"{number}\t公开{chance.choice(_MATTERS)}信息，说明第{number}项情况。\t{chance.choice(_UNITS)}\t{time}")
    return "\n".join(lines) + "\n"
