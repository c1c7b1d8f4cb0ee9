//! What is true of every call, whatever happens to it. These tests run natively.

use std::sync::LazyLock;

use proptest::prelude::*;
use wechatpay_wasm::{
    CallOptions, Certs, Clock, Event, Output, Plan, Settings, SignatureHeaders, Step,
};

use crate::states::events;
use crate::support::{NOW, PLATFORM_SERIAL, PUBLIC_KEY_ID};
use crate::wechatpay::{
    APIV3_KEY, Certificate, FIRST, OTHER_APIV3_KEY, PLATFORM, PUBLIC, SECOND, SUCCESSOR, Signer,
    certificate_list, certificates_at, forged, ok, signed_at, unsigned, with,
};
use crate::world::{
    Bytes, Run, World, broken, file, get, know_both, know_certificate, message, naming,
    notification_at, post, remote_signature, repeatable_post, unconnected,
};

/// When everything is signed that is not stale.
const SIGNED: u64 = NOW + 150;
/// How often a call checks another call's download, in milliseconds.
const POLL: u32 = 25;

/// The keys that the caller gives to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    Nothing,
    Public,
    Certificate,
    Both,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    timeout: Option<u32>,
    deadline: Option<u32>,
    max_retries: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Setup {
    given: Given,
    automatic: bool,
    local: bool,
    times: Times,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Get,
    Post,
    Repeatable,
    Naming(&'static str),
    File,
    Certificates,
    /// A notification that was signed by one key, or is stale. The call sees to its key.
    Notification(Signer, u64),
    /// A text that is encrypted.
    Encryption,
    Message,
}

/// What happens next, and when.
#[derive(Debug, Clone, Copy)]
struct Happening {
    /// Whether the event belongs to the last step.
    fits: bool,
    choice: usize,
    /// How much later, in eighths of the step's time.
    eighths: u64,
    /// The time of day.
    clock: Clock,
    random: bool,
}

fn times() -> impl Strategy<Value = Times> {
    let timeout = proptest::option::of(1_u32..600);
    let deadline = proptest::option::of(1_u32..2_500);
    (timeout, deadline, proptest::option::of(0_u32..4)).prop_map(
        |(timeout, deadline, max_retries)| Times {
            timeout,
            deadline,
            max_retries,
        },
    )
}

fn setup() -> impl Strategy<Value = Setup> {
    let given = prop_oneof![
        3 => Just(Given::Nothing),
        2 => Just(Given::Public),
        1 => Just(Given::Certificate),
        1 => Just(Given::Both),
    ];
    (given, any::<bool>(), prop::bool::weighted(0.06), times()).prop_map(
        |(given, automatic, local, times)| Setup {
            given,
            automatic: automatic || given == Given::Nothing,
            local,
            times: Times {
                // Short, so that a call does not wait hundreds of times.
                timeout: times.timeout.or(Some(400)),
                ..times
            },
        },
    )
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        4 => Just(Kind::Get),
        4 => Just(Kind::Post),
        2 => Just(Kind::Repeatable),
        1 => Just(Kind::Naming(PUBLIC_KEY_ID)),
        2 => Just(Kind::Naming(PLATFORM_SERIAL)),
        1 => Just(Kind::Naming(SECOND.serial)),
        2 => Just(Kind::File),
        2 => Just(Kind::Certificates),
        2 => Just(Kind::Notification(PUBLIC, SIGNED)),
        3 => Just(Kind::Notification(PLATFORM, SIGNED)),
        1 => Just(Kind::Notification(PLATFORM, NOW - 1_000)),
        1 => Just(Kind::Encryption),
        1 => Just(Kind::Message),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    let clock = prop_oneof![
        80 => (0_u64..300).prop_map(|later| Clock::Time(NOW + later)),
        2 => Just(Clock::Time(NOW + 12 * 60 * 60 + 300)),
        1 => Just(Clock::Threw { cause: Some(1) }),
        1 => Just(Clock::Invalid),
    ];
    let eighths = prop_oneof![4 => Just(0), 6 => 0_u64..8, 2 => 8_u64..10, 1 => 8_u64..100];
    let fits = prop::bool::weighted(0.98);
    (
        fits,
        any::<usize>(),
        eighths,
        clock,
        prop::bool::weighted(0.98),
    )
        .prop_map(|(fits, choice, eighths, clock, random)| Happening {
            fits,
            choice,
            eighths,
            clock,
            random,
        })
}

/// What WeChat Pay really signed.
struct Genuine {
    event: Event,
    signer: Signer,
    at: u64,
    /// The certificates in it.
    brings: Vec<Certificate>,
}

impl Genuine {
    fn body(&self) -> &[u8] {
        match &self.event {
            Event::Response { body, .. } => body,
            _ => &[],
        }
    }
}

/// Every success that is signed. Each has another body, or another time.
fn genuine() -> &'static [Genuine] {
    static GENUINE: LazyLock<Vec<Genuine>> = LazyLock::new(|| {
        let response = |signer: Signer| Genuine {
            event: signed_at(SIGNED, signer, 200, format!(r#"{{"by":"{}"}}"#, signer.id)),
            signer,
            at: SIGNED,
            brings: Vec::new(),
        };
        let list = |signer, at, brings: &[Certificate]| Genuine {
            event: certificates_at(at, signer, brings),
            signer,
            at,
            brings: brings.to_vec(),
        };
        vec![
            response(PUBLIC),
            response(PLATFORM),
            response(SUCCESSOR),
            list(PLATFORM, SIGNED, &[FIRST]),
            list(PLATFORM, SIGNED, &[FIRST, SECOND]),
            list(SUCCESSOR, SIGNED, &[SECOND]),
            list(SUCCESSOR, SIGNED, &[FIRST]),
            // It cannot be decrypted.
            Genuine {
                event: signed_at(
                    SIGNED,
                    PLATFORM,
                    200,
                    certificate_list(&[FIRST], OTHER_APIV3_KEY),
                ),
                signer: PLATFORM,
                at: SIGNED,
                brings: Vec::new(),
            },
            // These two are among the events of each kind.
            list(PLATFORM, NOW, &[FIRST]),
            Genuine {
                event: ok("{}"),
                signer: PUBLIC,
                at: NOW,
                brings: Vec::new(),
            },
        ]
    });
    &GENUINE
}

/// What the network may do with a request.
fn responses() -> &'static [Event] {
    static RESPONSES: LazyLock<Vec<Event>> = LazyLock::new(|| {
        let list = certificate_list(&[FIRST], APIV3_KEY);
        let busy = |seconds: &str| {
            with(unsigned(429, ""), |headers| {
                headers.retry_after = Some(seconds.to_owned());
            })
        };
        let others = [
            unsigned(200, "unsigned"),
            forged(PUBLIC, 200, "forged"),
            forged(PLATFORM, 200, "forged"),
            forged(PLATFORM, 200, &list),
            unsigned(200, &list),
            signed_at(NOW - 1_000, PUBLIC, 200, "stale"),
            signed_at(SIGNED, PUBLIC, 302, "redirect"),
            signed_at(SIGNED, PUBLIC, 999, "no status"),
            signed_at(SIGNED, PUBLIC, 503, ""),
            signed_at(SIGNED, PLATFORM, 503, ""),
            signed_at(SIGNED, SUCCESSOR, 429, ""),
            signed_at(SIGNED, PLATFORM, 400, r#"{"code":"PARAM_ERROR"}"#),
            forged(PUBLIC, 503, "forged"),
            unsigned(500, ""),
            unsigned(502, "<html>"),
            busy("0"),
            busy("1"),
            broken(),
            broken(),
            unconnected(),
            Event::TimedOut,
            Event::TimedOut,
            Event::Redirected { status: 307 },
            Event::TooLarge,
            Event::NoFetch,
            Event::Unusable {
                problem: "x".to_owned(),
                cause: None,
            },
            Event::Aborted,
        ];
        let genuine = || genuine().iter().map(|genuine| genuine.event.clone());
        genuine()
            .chain(genuine())
            .chain(genuine())
            .chain(others)
            .collect()
    });
    &RESPONSES
}

fn file_began() -> Event {
    Event::FileBegan {
        status: 200,
        headers: SignatureHeaders::default(),
    }
}

fn signatures() -> Vec<Event> {
    let mut all = vec![remote_signature(); 60];
    all.extend([
        Event::SignedInBase64 {
            signature: "AAAA".to_owned(),
        },
        Event::NotSigned {
            problem: "threw".to_owned(),
            cause: None,
        },
        Event::TimedOut,
        Event::Aborted,
    ]);
    all
}

impl Setup {
    fn world(self) -> World {
        let change = |settings: &mut Settings| {
            match self.given {
                Given::Nothing => {
                    let none = Certs::parse_some([("", ""); 0], &settings.merchant);
                    settings.certs = none.expect("parses");
                }
                Given::Public => {}
                Given::Certificate => know_certificate(settings),
                Given::Both => know_both(settings),
            }
            settings.automatic = self.automatic;
            settings.timeout = self.times.timeout;
            settings.deadline = self.times.deadline;
            settings.max_retries = self.times.max_retries;
        };
        if self.local {
            World::with(change)
        } else {
            World::remote_with(change)
        }
    }
}

impl Kind {
    fn plan(self) -> Plan {
        match self {
            Self::Get => get(),
            Self::Post => post(),
            Self::Repeatable => repeatable_post(),
            Self::Naming(id) => naming(id),
            Self::File => file(),
            Self::Certificates => Plan::Certificates,
            Self::Notification(signer, at) => notification_at(at, signer).key(),
            Self::Encryption => Plan::Encryption {
                text: "张三".to_owned().into(),
            },
            Self::Message => message(),
        }
    }
}

/// A call, and what is known of it.
struct Watched {
    kind: Kind,
    setup: Setup,
    run: Run,
    /// When its deadline is.
    end: u64,
    /// How often its own request may be sent at most.
    most_sends: usize,
    /// How many of them made no connection.
    unsent: usize,
    /// How many events it may take at most.
    most_events: usize,
    events: usize,
}

impl Watched {
    /// Starts a call beside `others`.
    fn start(world: &mut World, setup: Setup, kind: Kind, options: Times, others: usize) -> Self {
        let started = world.elapsed;
        let run = world.start_with(
            kind.plan(),
            CallOptions {
                timeout: options.timeout,
                deadline: options.deadline,
                max_retries: options.max_retries,
                ..CallOptions::default()
            },
        );
        let timeout = options.timeout.or(setup.times.timeout).expect("is there");
        let deadline = options.deadline.or(setup.times.deadline);
        let of_client = setup.times.max_retries.unwrap_or(2);
        let retries = match kind {
            Kind::Post | Kind::Naming(_) => options.max_retries.unwrap_or(0),
            _ => options.max_retries.unwrap_or(of_client),
        };
        let attempts = retries as usize + 1;
        // Each attempt is signed, sent, and followed by a pause. Keys are downloaded before the first one
        // and after each response.
        let downloads = attempts + 2;
        let each = 3 * (of_client.max(retries) as usize + 1);
        let polls = (timeout / POLL) as usize + 2;
        Self {
            kind,
            setup,
            run,
            end: started + u64::from(deadline.unwrap_or(3 * timeout + 2_000)),
            unsent: 0,
            most_sends: match kind {
                Kind::Notification(..) | Kind::Encryption | Kind::Message => 0,
                _ => attempts,
            },
            most_events: 3 * attempts + downloads * each + others * downloads * 8 * polls,
            events: 0,
        }
    }

    fn has_ended(&self) -> bool {
        matches!(self.run.step, Step::Done(_) | Step::Failed(_))
    }

    /// How long the step may take.
    fn time(&self) -> u64 {
        match &self.run.step {
            Step::Send(send) => send.timeout.into(),
            Step::Wait(milliseconds) => (*milliseconds).into(),
            Step::Sign { timeout, .. } => (*timeout).into(),
            Step::Done(_) | Step::Failed(_) => 0,
        }
    }

    fn event(&self, happening: Happening) -> Event {
        let pick = |from: &[Event]| from[happening.choice % from.len()].clone();
        match &self.run.step {
            _ if !happening.fits => pick(&events()),
            Step::Send(send)
                if send.own && self.kind == Kind::File && happening.choice.is_multiple_of(3) =>
            {
                file_began()
            }
            Step::Send(_) => pick(responses()),
            Step::Sign { .. } => pick(&signatures()),
            _ if happening.choice.is_multiple_of(60) => Event::Aborted,
            _ => Event::Waited,
        }
    }

    /// Lets something happen, and checks what the call does.
    fn happen(
        &mut self,
        world: &mut World,
        happening: Happening,
        brought: &mut Brought,
    ) -> Result<(), TestCaseError> {
        let event = self.event(happening);
        if let Step::Send(send) = &self.run.step
            && (!send.own || self.kind == Kind::Certificates)
        {
            brought.note(&event);
        }
        if let Step::Send(send) = &self.run.step
            && send.own
            && event == unconnected()
        {
            self.unsent += 1;
        }
        world.pass(self.time() * happening.eighths / 8);
        world.clock = happening.clock;
        world.random = if happening.random {
            Bytes::Fresh
        } else {
            Bytes::Few(0)
        };
        self.events += 1;
        self.run.tell(world, event.clone());
        self.check(world)?;
        if let Step::Done(output) = &self.run.step {
            self.check_output(output, &event, world, brought)?;
        }
        Ok(())
    }

    /// Whether the last step is one that the call may ask for.
    fn check(&self, world: &World) -> Result<(), TestCaseError> {
        let now = world.elapsed;
        match &self.run.step {
            Step::Send(_) | Step::Sign { .. } => {
                prop_assert!(now < self.end, "begins after the deadline");
                prop_assert!(now + self.time() <= self.end, "ends after the deadline");
            }
            Step::Wait(POLL) => prop_assert!(now < self.end, "begins after the deadline"),
            Step::Wait(_) => prop_assert!(now + self.time() < self.end, "ends after the deadline"),
            Step::Done(_) | Step::Failed(_) => {}
        }
        let sent = self.run.own_sends() - self.unsent;
        prop_assert!(sent <= self.most_sends, "sent too often");
        prop_assert!(self.events <= self.most_events, "does not end");
        Ok(())
    }

    /// Whether a result was signed by a key that the client may trust, a short time ago.
    fn check_output(
        &self,
        output: &Output,
        event: &Event,
        world: &World,
        brought: &Brought,
    ) -> Result<(), TestCaseError> {
        let trusted = |signer: Signer| {
            let given = match self.setup.given {
                Given::Nothing => false,
                Given::Public => signer == PUBLIC,
                Given::Certificate => signer == PLATFORM,
                Given::Both => signer != SUCCESSOR,
            };
            given || (self.setup.automatic && brought.has(signer.id))
        };
        let is_recent = |at: u64| match world.clock {
            Clock::Time(now) => now.abs_diff(at) <= 300,
            _ => false,
        };
        match output {
            Output::Response(reply) => {
                let body = reply.response.as_verified().body();
                let mut signed = genuine().iter().filter(|genuine| genuine.body() == body);
                prop_assert!(
                    signed.any(|genuine| trusted(genuine.signer) && is_recent(genuine.at))
                );
            }
            Output::Certificates(list) => {
                let signed = genuine().iter().find(|genuine| genuine.event == *event);
                let Some(signed) = signed else {
                    return Err(TestCaseError::fail("is not signed"));
                };
                let carried = |brings: &[Certificate]| {
                    brings.iter().any(|one| one.serial == signed.signer.id)
                };
                prop_assert!(trusted(signed.signer) || carried(&signed.brings));
                prop_assert!(is_recent(signed.at));
                let texts: Vec<&str> = list.iter().map(|one| one.certificate.as_str()).collect();
                let pems: Vec<String> = signed.brings.iter().map(Certificate::pem).collect();
                prop_assert_eq!(texts, pems);
            }
            Output::NotificationKey => {
                let Kind::Notification(signer, at) = self.kind else {
                    return Err(TestCaseError::fail("is no notification"));
                };
                prop_assert!(trusted(signer) && is_recent(at));
                prop_assert!(world.receive(&notification_at(at, signer)).is_ok());
            }
            Output::Encrypted(encrypted) => {
                prop_assert_eq!(self.kind, Kind::Encryption);
                let known = [PUBLIC, PLATFORM, SUCCESSOR];
                let signer = known.into_iter().find(|one| one.id == encrypted.serial);
                prop_assert!(signer.is_some_and(trusted));
            }
            Output::File(_) => prop_assert_eq!(self.kind, Kind::File),
            Output::Signature(signature) => {
                prop_assert_eq!(self.kind, Kind::Message);
                prop_assert!(self.setup.local || *signature == [7; 256]);
            }
        }
        Ok(())
    }
}

/// The serial numbers of the certificates that genuine lists have brought to a client.
#[derive(Default)]
struct Brought {
    serials: Vec<&'static str>,
}

impl Brought {
    fn note(&mut self, event: &Event) {
        let lists = genuine().iter().filter(|genuine| genuine.event == *event);
        let certificates = lists.flat_map(|list| &list.brings);
        self.serials.extend(certificates.map(|one| one.serial));
    }

    fn has(&self, serial: &str) -> bool {
        self.serials.contains(&serial)
    }
}

/// Nothing happens to a call that has ended.
fn assert_ended(watched: &mut Watched, world: &mut World) -> Result<(), TestCaseError> {
    let (sends, notices) = (watched.run.sends.len(), watched.run.notices.len());
    for event in events() {
        watched.run.tell(world, event);
        prop_assert!(matches!(watched.run.step, Step::Failed(_)));
    }
    prop_assert_eq!(watched.run.sends.len(), sends);
    prop_assert_eq!(watched.run.notices.len(), notices);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_call_ends_in_time_and_only_what_is_verified_is_done(
        setup in setup(),
        kind in kind(),
        options in times(),
        happenings in proptest::collection::vec(happening(), 1..40),
    ) {
        let mut world = setup.world();
        let mut brought = Brought::default();
        let mut call = Watched::start(&mut world, setup, kind, options, 0);
        call.check(&world)?;
        for happening in happenings.into_iter().cycle() {
            if call.has_ended() {
                break;
            }
            call.happen(&mut world, happening, &mut brought)?;
        }
        assert_ended(&mut call, &mut world)?;
    }

    #[test]
    fn calls_of_one_client_end_whatever_happens_to_the_others(
        setup in setup(),
        calls in proptest::collection::vec((kind(), times(), 0_u8..4), 2..6),
        happenings in proptest::collection::vec((any::<usize>(), happening()), 1..80),
    ) {
        let mut world = setup.world();
        let mut brought = Brought::default();
        let others = calls.len();
        let mut under_way = Vec::new();
        for (kind, options, deaf) in calls {
            let call = Watched::start(&mut world, setup, kind, options, others);
            call.check(&world)?;
            // The host never comes back to some calls: their Worker has ended.
            if deaf > 0 {
                under_way.push(call);
            }
        }
        for (index, happening) in happenings.into_iter().cycle() {
            under_way.retain(|call| !call.has_ended());
            if under_way.is_empty() {
                break;
            }
            let index = index % under_way.len();
            under_way[index].happen(&mut world, happening, &mut brought)?;
        }
    }
}
