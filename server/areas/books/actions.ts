export { bookTasks, interruptedBooks } from './jobs.ts';
