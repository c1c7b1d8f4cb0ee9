import { createHmac } from 'node:crypto';

/**
 * An upload. Its response is an id, which stays the same for the same file while the sandbox runs.
 */
function upload(path, limits) {
  return Object.freeze({
    method: 'POST',
    path,
    upload: Object.freeze(limits),
    response: ({ sha256 }, { merchant: { preSignSecret } }) => ({
      media_id: createHmac('sha256', preSignSecret).update(sha256).digest('base64url'),
    }),
  });
}

/** A picture (partner doc 4012760509). */
export const mediaUpload = upload('/v3/merchant/media/upload', {
  extensions: ['jpg', 'jpeg', 'bmp', 'png'],
  maxBytes: 2 * 1024 * 1024,
});

/** A video (WeChat Pay's page "视频上传"). */
export const videoUpload = upload('/v3/merchant/media/video_upload', {
  extensions: ['avi', 'wmv', 'mpeg', 'mp4', 'mov', 'mkv', 'flv', 'f4v', 'm4v', 'rmvb'],
  maxBytes: 5 * 1024 * 1024,
});
