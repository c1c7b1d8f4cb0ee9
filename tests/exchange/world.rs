//! The host of the calls: two clocks, random bytes, a client, and a network that follows a script.

use wechatpay_wasm::calls::download;
use wechatpay_wasm::{
    Admission, Apiv3Key, BaseUrl, Call, CallOptions, Certs, Client, Clock, Error, Event, Failure,
    Merchant, Method, Moment, Notice, Notification, NotificationRequest, Output, Plan, Random,
    Request, Requested, Send, Settings, SignatureHeaders, Step, TransportError,
};

use crate::support::{MCHID, NOW, PLATFORM_SERIAL, PUBLIC_KEY_ID, SERIAL, key, merchant};
use crate::wechatpay::{APIV3_KEY, Signer, notification_body, signature};

pub const MAIN: &str = "https://api.mch.weixin.qq.com";
pub const SPARE: &str = "https://api2.mch.weixin.qq.com";
pub const PATH: &str = "/v3/pay/transactions/id/1?mchid=1900007291";
pub const CERTIFICATES: &str = "https://api.mch.weixin.qq.com/v3/certificates";
pub const FILE: &str = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=x";
/// How long the network takes for a response, in milliseconds.
pub const LATENCY: u64 = 10;

/// Where an event's random bytes come from.
pub enum Bytes {
    /// Different ones for each event.
    Fresh,
    /// The same byte again and again, which determines the jitter.
    Same(u8),
    /// This many.
    Few(usize),
    /// These.
    Given(Vec<u8>),
}

/// A client and what surrounds it.
pub struct World {
    pub client: Client,
    pub clock: Clock,
    /// The clock that never jumps, in milliseconds.
    pub elapsed: u64,
    pub random: Bytes,
    events: u64,
}

impl World {
    /// A client that signs itself and knows the public key.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// A client whose key is in a remote signer.
    pub fn remote() -> Self {
        Self::remote_with(|_| {})
    }

    /// A client with `certs: 'auto'`, which knows no key yet.
    pub fn automatic() -> Self {
        Self::with(know_nothing)
    }

    /// A client with `certs: 'auto'` beside the public key.
    pub fn automatic_beside_public_key() -> Self {
        Self::with(|settings| settings.automatic = true)
    }

    /// A client that signs itself, with other settings.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::of(merchant(), change)
    }

    /// A client whose key is in a remote signer, with other settings.
    pub fn remote_with(change: impl FnOnce(&mut Settings)) -> Self {
        let merchant = Merchant::with_remote_signer(MCHID, SERIAL).expect("parses");
        Self::of(merchant, change)
    }

    fn of(merchant: Merchant, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings {
            certs: public_key(&merchant),
            merchant,
            automatic: false,
            apiv3_key: Apiv3Key::parse(APIV3_KEY).ok(),
            base_url: BaseUrl::default(),
            timeout: None,
            deadline: None,
            max_retries: None,
        };
        change(&mut settings);
        Self {
            client: Client::open(settings).expect("opens"),
            clock: Clock::Time(NOW),
            elapsed: 1_000_000,
            random: Bytes::Fresh,
            events: 0,
        }
    }

    /// Time passes. The clock of the day stands still, as it may in a test.
    pub fn pass(&mut self, milliseconds: u64) {
        self.elapsed += milliseconds;
    }

    /// The clock of the day shows this time.
    pub fn at(&mut self, seconds: u64) {
        self.clock = Clock::Time(seconds);
    }

    fn moment(&mut self) -> Moment {
        self.events += 1;
        let bytes = match self.random {
            Bytes::Same(byte) => vec![byte; Random::BYTES],
            Bytes::Few(count) => vec![0; count],
            Bytes::Given(ref bytes) => bytes.clone(),
            Bytes::Fresh => {
                let seeds = (0..).map(|index: u64| (self.events << 32 | index) ^ 0x9e37_79b9);
                let words =
                    seeds.map(|seed| seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
                words.flatten().take(Random::BYTES).collect()
            }
        };
        Moment {
            clock: self.clock,
            elapsed: self.elapsed,
            random: Random::new(bytes),
        }
    }

    /// Starts a call.
    pub fn start(&mut self, plan: Plan) -> Run {
        self.start_with(plan, CallOptions::default())
    }

    /// Starts a call with options of its own.
    pub fn start_with(&mut self, plan: Plan, options: CallOptions) -> Run {
        let mut moment = self.moment();
        let (call, progressed) = Call::start(&mut self.client, plan, options, &mut moment);
        let mut run = Run {
            call,
            step: progressed.step,
            notices: Vec::new(),
            requests: Vec::new(),
            sends: Vec::new(),
            waits: Vec::new(),
        };
        run.hear(progressed.notices);
        run.note();
        run
    }

    /// What the headers of a notification decide.
    pub fn admit(&self, arrived: &Arrived) -> Result<Admission, Failure> {
        self.client.admit(&arrived.headers, &self.without_random())
    }

    /// Verifies a notification, and decrypts it.
    pub fn receive(&self, arrived: &Arrived) -> Result<Notification, Failure> {
        let Arrived { headers, body } = arrived;
        let headers = headers.clone();
        let request = NotificationRequest { headers, body };
        self.client.receive(&request, &self.without_random())
    }

    fn without_random(&self) -> Moment {
        Moment {
            clock: self.clock,
            elapsed: self.elapsed,
            random: Random::default(),
        }
    }

    /// Starts a call and performs it to its end.
    pub fn perform(&mut self, plan: Plan, script: impl IntoIterator<Item = Event>) -> Run {
        self.perform_with(plan, CallOptions::default(), script)
    }

    /// The same with options.
    pub fn perform_with(
        &mut self,
        plan: Plan,
        options: CallOptions,
        script: impl IntoIterator<Item = Event>,
    ) -> Run {
        let mut run = self.start_with(plan, options);
        run.perform(self, script);
        run
    }
}

/// A call and everything that it asked for.
pub struct Run {
    call: Call,
    pub step: Step<Output>,
    /// What was told, apart from the requests.
    pub notices: Vec<Notice>,
    pub requests: Vec<Requested>,
    pub sends: Vec<Send>,
    pub waits: Vec<u32>,
}

impl Run {
    pub fn needs_random(&self) -> bool {
        self.call.needs_random()
    }

    fn hear(&mut self, notices: Vec<Notice>) {
        for notice in notices {
            match notice {
                Notice::Request(requested) => self.requests.push(requested),
                other => self.notices.push(other),
            }
        }
    }

    fn note(&mut self) {
        match &self.step {
            Step::Send(send) => self.sends.push(send.clone()),
            Step::Wait(milliseconds) => self.waits.push(*milliseconds),
            _ => {}
        }
    }

    /// Reports an event.
    pub fn tell(&mut self, world: &mut World, event: Event) -> &Step<Output> {
        let mut moment = world.moment();
        let progressed = self.call.advance(&mut world.client, event, &mut moment);
        self.hear(progressed.notices);
        self.step = progressed.step;
        self.note();
        &self.step
    }

    /// Performs steps until the call ends. Each request gets the next event of the script, which must be
    /// used up in the end; each message is signed.
    pub fn perform(&mut self, world: &mut World, script: impl IntoIterator<Item = Event>) {
        let mut script = script.into_iter();
        for _ in 0..1_000 {
            let event = match &self.step {
                Step::Send(send) => {
                    let event = script
                        .next()
                        .unwrap_or_else(|| panic!("the script ends before {send:?}"));
                    world.pass(match event {
                        Event::TimedOut => send.timeout.into(),
                        _ => LATENCY,
                    });
                    event
                }
                Step::Wait(milliseconds) => {
                    world.pass((*milliseconds).into());
                    Event::Waited
                }
                Step::Sign { message, .. } => own_signature(message),
                Step::Done(_) | Step::Failed(_) => {
                    assert_eq!(script.next(), None, "not all of the script happened");
                    return;
                }
            };
            self.tell(world, event);
        }
        panic!("the call does not end");
    }

    /// The request that is to be sent.
    #[track_caller]
    pub fn send(&self) -> &Send {
        match &self.step {
            Step::Send(send) => send,
            other => panic!("{other:?} is not Send"),
        }
    }

    /// The pause that is to be made.
    #[track_caller]
    pub fn wait(&self) -> u32 {
        match self.step {
            Step::Wait(milliseconds) => milliseconds,
            ref other => panic!("{other:?} is not Wait"),
        }
    }

    /// The message that is to be signed, and the time for it.
    #[track_caller]
    pub fn sign(&self) -> (&[u8], u32) {
        match &self.step {
            Step::Sign { message, timeout } => (message, *timeout),
            other => panic!("{other:?} is not Sign"),
        }
    }

    /// The result.
    #[track_caller]
    pub fn output(&self) -> &Output {
        match &self.step {
            Step::Done(output) => output,
            other => panic!("{other:?} is not Done"),
        }
    }

    /// The body of the verified response.
    #[track_caller]
    pub fn body(&self) -> &str {
        match self.output() {
            Output::Response(reply) => {
                std::str::from_utf8(reply.response.as_verified().body()).expect("is UTF-8")
            }
            other => panic!("{other:?} is not a response"),
        }
    }

    /// Why the call failed.
    #[track_caller]
    pub fn failure(&self) -> &Failure {
        match &self.step {
            Step::Failed(failure) => failure,
            other => panic!("{other:?} is not Failed"),
        }
    }

    /// This package's error.
    #[track_caller]
    pub fn error(&self) -> &Error {
        let failure = self.failure();
        failure
            .error()
            .unwrap_or_else(|| panic!("{failure:?} has no error"))
    }

    #[track_caller]
    pub fn code(&self) -> &str {
        self.error().code()
    }

    /// The error of the transport.
    #[track_caller]
    pub fn transport(&self) -> &TransportError {
        match self.error() {
            Error::Transport(error) => error,
            other => panic!("{other:?} is not a TransportError"),
        }
    }

    /// The option and the problem of a ConfigError.
    #[track_caller]
    pub fn config(&self) -> (&str, String) {
        match self.error() {
            Error::Config(error) => (&error.option, error.problem.to_string()),
            other => panic!("{other:?} is not a ConfigError"),
        }
    }

    /// Why the download failed without which the call could not be sent.
    #[track_caller]
    pub fn inner(&self) -> &Error {
        match self.error() {
            Error::Config(error) if error.option == "certs" => {
                assert!(
                    error
                        .problem
                        .to_string()
                        .contains("Nothing of the call was sent")
                );
                error.inner.as_ref().expect("has an inner error")
            }
            other => panic!("{other:?} is not a ConfigError for certs"),
        }
    }

    /// How many of the requests are the call's own.
    pub fn own_sends(&self) -> usize {
        self.sends.iter().filter(|send| send.own).count()
    }

    /// The URLs of the requests, in order.
    pub fn urls(&self) -> Vec<&str> {
        self.sends.iter().map(|send| send.url.as_str()).collect()
    }
}

pub fn know_nothing(settings: &mut Settings) {
    settings.automatic = true;
    settings.certs = Certs::parse_some([("", ""); 0], &settings.merchant).expect("parses");
}

/// The public key and the platform certificate.
pub fn know_both(settings: &mut Settings) {
    let entries = [
        (PUBLIC_KEY_ID, key("wechatpay.spki.pem")),
        (PLATFORM_SERIAL, key("platform.cert.pem")),
    ];
    settings.certs = Certs::parse(entries, &settings.merchant).expect("parses");
}

/// The platform certificate alone.
pub fn know_certificate(settings: &mut Settings) {
    let entries = [(PLATFORM_SERIAL, key("platform.cert.pem"))];
    settings.certs = Certs::parse(entries, &settings.merchant).expect("parses");
}

fn public_key(merchant: &Merchant) -> Certs {
    Certs::parse([(PUBLIC_KEY_ID, key("wechatpay.spki.pem"))], merchant).expect("parses")
}

/// What a remote signer returns. Only WeChat Pay can tell whether it is valid.
/// What the merchant's own key signs.
pub fn own_signature(message: &[u8]) -> Event {
    let signature = merchant().sign(message, &[7; 32]).expect("signs");
    Event::Signed { signature }
}

/// What may be a signature, and is none.
pub fn remote_signature() -> Event {
    Event::Signed {
        signature: vec![7; 256],
    }
}

pub fn broken() -> Event {
    Event::Network {
        cause: Some(3),
        reason: Some("ECONNRESET".to_owned()),
        unconnected: false,
    }
}

/// A connection that was never made.
pub fn unconnected() -> Event {
    Event::Network {
        cause: Some(4),
        reason: Some("ECONNREFUSED".to_owned()),
        unconnected: true,
    }
}

fn request(request: Request, key_id: Option<&str>) -> Plan {
    Plan::Request {
        prepare: Box::new(move |_, _, _| Ok(request)),
        key_id: key_id.map(str::to_owned),
    }
}

/// A call that reads.
pub fn get() -> Plan {
    request(Request::new(Method::Get, PATH), None)
}

/// A call that writes, and that nobody may repeat.
pub fn post() -> Plan {
    let write = Request::new(Method::Post, "/v3/refund/domestic/refunds");
    request(write.json([("out_refund_no", "1")]), None)
}

/// A call that writes and may be repeated.
pub fn repeatable_post() -> Plan {
    let write = Request::new(Method::Post, "/v3/refund/domestic/refunds");
    request(write.json([("out_refund_no", "1")]).repeatable(true), None)
}

/// A call whose fields are encrypted with the key that its caller names.
pub fn naming(key_id: &str) -> Plan {
    let write = Request::new(Method::Post, "/v3/applyment4sub/applyment/");
    request(write.encrypted_for(key_id), Some(key_id))
}

/// A download of a file.
pub fn file() -> Plan {
    let sha1 = "79bb0f45fc4c42234a918000b2668d689e2bde04";
    let params = download::Params::parse(FILE, "SHA1", sha1, &BaseUrl::default()).expect("parses");
    Plan::File {
        request: download::prepare(&params),
        base_url: params.base_url().clone(),
    }
}

/// A notification that arrived.
#[derive(Clone)]
pub struct Arrived {
    pub headers: SignatureHeaders,
    pub body: Vec<u8>,
}

impl Arrived {
    /// What sees to its key.
    pub fn key(&self) -> Plan {
        Plan::NotificationKey {
            headers: self.headers.clone(),
        }
    }
}

/// A notification that `signer` signed at `at`.
pub fn notification_at(at: u64, signer: Signer) -> Arrived {
    let body = notification_body();
    Arrived {
        headers: signature(at, signer, &body),
        body,
    }
}

/// A notification that `signer` signed now.
pub fn notification(signer: Signer) -> Arrived {
    notification_at(NOW, signer)
}

/// What sees to the key of a notification that `signer` signed now.
pub fn notification_key(signer: Signer) -> Plan {
    notification(signer).key()
}

pub fn message() -> Plan {
    Plan::Signature {
        message: b"a message".to_vec(),
    }
}
