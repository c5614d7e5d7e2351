import common from './common.json';
import consoleWords from './console.json';
import event from './event.json';
import frame from './frame.json';
import home from './home.json';
import host from './host.json';
import login from './login.json';
import operation from './operation.json';
import plan from './plan.json';
import storage from './storage.json';
import task from './task.json';
import taskList from './taskList.json';
import user from './user.json';
import vm from './vm.json';

const messages = {
  common,
  console: consoleWords,
  event,
  frame,
  home,
  host,
  login,
  operation,
  plan,
  storage,
  task,
  taskList,
  user,
  vm,
};

export default messages;
