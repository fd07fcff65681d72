import { createRouter, createWebHistory, type RouteParams, type RouteRecordRaw } from 'vue-router'
import { ROOT } from './api'
import { kept } from './filters'
import { t } from './language'

/** The views in the order of the menu: name of the folder, path, whether a thing may follow in the path, whether facets narrow it (only its list, or only in a mode). */
export const VIEWS = [
  { name: 'overview', path: '/', thing: false, facets: true, menu: true },
  { name: 'units', path: '/units', thing: true, facets: true, menu: true },
  { name: 'instruments', path: '/instruments', thing: true, facets: true, menu: true },
  { name: 'tasks', path: '/tasks', thing: true, facets: 'list', menu: true },
  { name: 'plans', path: '/plans', thing: true, facets: 'list', menu: false },
  { name: 'lineage', path: '/lineage', thing: false, facets: true, menu: true },
  { name: 'graph', path: '/graph', thing: false, facets: 'overview', menu: true },
  { name: 'matrix', path: '/matrix', thing: false, facets: true, menu: true },
  { name: 'deadlines', path: '/deadlines', thing: false, facets: true, menu: true },
  { name: 'documents', path: '/documents', thing: true, facets: false, menu: true },
  { name: 'query', path: '/query', thing: false, facets: false, menu: true },
  { name: 'ingestion', path: '/ingestion', thing: true, facets: false, menu: true },
  { name: 'search', path: '/search', thing: false, facets: true, menu: false },
  { name: 'ask', path: '/ask', thing: false, facets: false, menu: false },
] as const

const pages = import.meta.glob('./views/*/index.vue')
const routes: RouteRecordRaw[] = VIEWS.filter((view) => `./views/${view.name}/index.vue` in pages).map((view) => ({
  name: view.name,
  path: view.path + (view.thing ? '/:name(.*)*' : ''),
  component: pages[`./views/${view.name}/index.vue`] as () => Promise<never>,
  meta: { facets: view.facets },
}))
routes.push({ path: '/:rest(.*)*', name: 'missing', component: () => import('./parts/Missing.vue') })

export const router = createRouter({
  history: createWebHistory(`${ROOT}/explore/`),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : to.hash ? { el: to.hash } : { top: 0 }),
})

// the language, once asked for by the address, stays in it
router.beforeEach((to, from) => (from.query.lang && !to.query.lang ? { ...to, query: { ...to.query, lang: from.query.lang } } : true))
router.afterEach((to) => {
  document.title = `${t(`views.${String(to.name)}`)} · ${t('name')}`
})

/** Where the explorer shows a thing, by the address that the server gives for it; what has no view of its own is shown in the graph. */
export function placeOf(thing: { iri: string; links?: { self?: string } | undefined }): { path: string; query?: Record<string, string> } {
  const self = thing.links?.self
  if (self && /^\/api\/(plans|tasks|units|instruments|documents)\//.test(self)) return { path: self.slice('/api'.length) }
  return { path: '/graph', query: { node: thing.iri } }
}

/** The name of a thing in the path of a view, as the server takes it; empty where the view lists things. */
export function nameIn(params: RouteParams): string {
  return [params.name ?? []].flat().map(encodeURIComponent).join('/')
}

export { kept }
