export default {
  zh: { title: '总览', documents: '文件', plans: '计划', tasks: '任务', units: '单位', instruments: '法规文件' },
  en: { title: 'Overview', documents: 'documents', plans: 'plans', tasks: 'tasks', units: 'units', instruments: 'regulations' },
}
