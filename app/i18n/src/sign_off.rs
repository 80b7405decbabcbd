//! 签收: the end of a visit, on the phone and on the record.

use domain::visit::SignOffLack;

messages! {
    title = "场所的人签收", "Signed for by the site";
    signed = "签收", "Signed";
    refused = "拒签", "Refused";
    absent = "没有人在", "Nobody there";
    asked = "有隐患要场所整改，请在场的人签收。没有人在的，写明情况", "There are hazards for the site to put right: have somebody who is there sign. Where nobody is, write what happened";
    optional = "可不签", "Optional";
    /// Under what a patrol hands over.
    service_note = "告知单是服务告知，不是行政检查，不作处罚依据。", "The note is a service to the site, not an administrative inspection and no ground for a penalty.";
    name = "签收人姓名", "Name of who signs";
    post = "职务（可不写）", "Post (optional)";
    phone = "电话（可不写）", "Phone (optional)";
    signature = "签收人签名", "Signature of who signs";
    /// For whoever cannot see or use the pad.
    pad_help = "用手指在框里写。不能在屏幕上签的，不要代签：请选“拒签”或“没有人在”，写明情况", "Write with a finger within the frame. Nobody signs for another: whoever cannot sign on the screen, choose “Refused” or “Nobody there” and write what happened";
    pad_empty = "空白", "empty";
    pad_lines(lines: usize) = "写了 {lines} 笔", "Strokes: {lines}";
    undo = "退一笔", "Undo a stroke";
    reason = "为什么不签", "Why not";
    words = "当时的情况", "What happened";
    words_hint = "例如：店员不肯签，告知单已当面念过，贴在收银台旁", "For example: the shop assistant would not sign; the note was read out and put up beside the till";
    photos = "张贴照片", "Photos of what was put up";
    witness = "见证人", "Witness";
    witness_name = "见证人姓名", "Name of the witness";
    witness_who = "见证人是谁", "Who that is";
    witness_who_hint = "例如：隔壁 45 号店主", "For example: owns the shop next door, number 45";
    witness_signature = "见证人签名", "Signature of the witness";
    no_witness = "找不到见证人", "No witness to be found";
    no_witness_hint = "要拍一张照片：张贴的告知单，或者当时的现场", "Take a photo: of the note that was put up, or of the place as it was";
    has_witness = "找到见证人了", "There is a witness after all";
    refused_because(reason: &str) = "拒签：{reason}", "Refused: {reason}";
    no_witness_found = "没有找到见证人", "No witness was to be found";

    lacks_name = "签收：没有写签收人姓名", "Sign-off: the name of who signs is missing";
    lacks_signature = "签收：签名是空的，没有收下。请再签一次", "Sign-off: the signature is empty and was not taken. Have it signed again";
    lacks_reason = "拒签：没有选原因", "Refusal: no reason chosen";
    lacks_words = "签收：没有写当时的情况", "Sign-off: what happened is not written";
    lacks_photo = "签收：没有见证人，要拍一张照片", "Sign-off: without a witness it needs a photo";
    lacks_witness_name = "签收：没有写见证人姓名", "Sign-off: the name of the witness is missing";
    lacks_witness_who = "签收：没有写见证人是谁", "Sign-off: it is not written who the witness is";
    lacks_witness_signature = "签收：见证人的签名是空的，没有收下。请再签一次", "Sign-off: the signature of the witness is empty and was not taken. Have it signed again";
}

/// What is still missing.
pub fn lack(lang: Lang, lack: SignOffLack) -> &'static str {
    match lack {
        SignOffLack::Name => lacks_name(lang),
        SignOffLack::Signature => lacks_signature(lang),
        SignOffLack::Reason => lacks_reason(lang),
        SignOffLack::Words => lacks_words(lang),
        SignOffLack::Photo => lacks_photo(lang),
        SignOffLack::WitnessName => lacks_witness_name(lang),
        SignOffLack::WitnessWho => lacks_witness_who(lang),
        SignOffLack::WitnessSignature => lacks_witness_signature(lang),
    }
}
