;; Decodes the text that `scripts/pack-text.mjs` makes of a Wasm file. That script describes the
;; format. The decoder is Wasm because a JavaScript loop takes several times as long until it is
;; compiled, and a starting process waits for it.

(module
  (memory (export "memory") 1)

  ;; Decodes in place: the text starts at 16 and ends before `end`, the bytes start at 0. A written
  ;; vector never overlaps text that is not read yet. Returns the number of bytes.
  (func (export "unpack") (param $end i32) (result i32)
    (local $text i32) (local $bytes i32) (local $run i32) (local $chars v128) (local $pair i32)
    (local.set $text (i32.const 16))
    (loop $next
      ;; Decode sixteen characters, as if each were one byte.
      (local.set $chars (v128.load (local.get $text)))
      (v128.store
        (local.get $bytes)
        (i8x16.add
          (local.get $chars)
          (v128.bitselect
            (i8x16.splat (i32.const 0xf9))
            (i8x16.splat (i32.const 0xdc))
            (i8x16.gt_u (local.get $chars) (i8x16.splat (i32.const 0x66))))))
      ;; Count the characters before the first one that begins a pair.
      (local.set $run
        (i32.ctz
          (i32.or
            (i8x16.bitmask (i8x16.gt_u (local.get $chars) (i8x16.splat (i32.const 0x7b))))
            (i32.const 0x10000))))
      (local.set $text (i32.add (local.get $text) (local.get $run)))
      (local.set $bytes (i32.add (local.get $bytes) (local.get $run)))
      (if
        (i32.and
          (i32.lt_u (local.get $run) (i32.const 16))
          (i32.lt_u (local.get $text) (local.get $end)))
        (then
          (local.set $pair (i32.load8_u (local.get $text)))
          (i32.store8
            (local.get $bytes)
            (i32.add
              (i32.load8_u offset=1 (local.get $text))
              (select
                (i32.const 4)
                (select (i32.const 94) (i32.const 128) (i32.eq (local.get $pair) (i32.const 0x7d)))
                (i32.eq (local.get $pair) (i32.const 0x7c)))))
          (local.set $text (i32.add (local.get $text) (i32.const 2)))
          (local.set $bytes (i32.add (local.get $bytes) (i32.const 1)))))
      (br_if $next (i32.lt_u (local.get $text) (local.get $end))))
    ;; The last vector may exceed the end, by one byte for each character.
    (i32.sub (local.get $bytes) (i32.sub (local.get $text) (local.get $end)))))
