/** What is said when an entry could not be kept on the phone; what was filled in stays on the page. */
export const notKept = '没有存下，这部手机的存储可能已满。填写的内容还在本页，请清理手机空间后再点一次。';
