import { hydrate } from 'svelte';
import Watching from './Watching.svelte';

const target = document.getElementById('lesson');
const data = document.getElementById('lesson-data')?.textContent;
if (target && data) hydrate(Watching, { target, props: { data: JSON.parse(data) } });
