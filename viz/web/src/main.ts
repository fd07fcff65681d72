import { createApp } from 'vue'
import 'element-plus/dist/index.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import App from './App.vue'
import { i18n } from './language'
import { mendNames } from './mending'
import { router } from './router'
import './style.css'

mendNames()
createApp(App).use(i18n).use(router).mount('#app')
