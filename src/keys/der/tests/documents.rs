//! Documents of every kind that this crate distinguishes, and random changes of them.

/// Xorshift: the same numbers in every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("is 31 bits") % bound.max(1)
    }

    /// A random byte. Bytes with a meaning in DER are more likely.
    fn byte(&mut self) -> u8 {
        const MEANINGFUL: [u8; 24] = [
            0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0c, 0x17, 0x18, 0x1f, 0x30, 0x31,
            0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xa1, 0xa2, 0xbf, 0xff,
        ];
        match self.below(2) {
            0 => MEANINGFUL[self.below(MEANINGFUL.len())],
            _ => u8::try_from(self.below(256)).expect("is a byte"),
        }
    }
}

pub(super) fn documents() -> Vec<Vec<u8>> {
    let mut documents: Vec<Vec<u8>> = [
        &include_bytes!("../../../../tests/keys/merchant.pkcs1.der")[..],
        include_bytes!("../../../../tests/keys/merchant.pkcs8.der"),
        include_bytes!("../../../../tests/keys/ec.pkcs8.der"),
        include_bytes!("../../../../tests/keys/ec.sec1.der"),
        include_bytes!("../../../../tests/keys/encrypted.pkcs8.der"),
        include_bytes!("../../../../tests/keys/wechatpay.spki.der"),
        include_bytes!("../../../../tests/keys/platform.cert.der"),
    ]
    .map(<[u8]>::to_vec)
    .to_vec();
    // With small numbers, so that random changes often hit the structure around them.
    let number = |byte: u8| Node::Leaf(vec![0x02], vec![byte]);
    let sequence = |nodes: Vec<Node>| Node::Branch(vec![0x30], nodes);
    let rsa = || {
        let name = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
        sequence(vec![
            Node::Leaf(vec![0x06], name.to_vec()),
            Node::Leaf(vec![0x05], vec![]),
        ])
    };
    let time = |text: &str| Node::Leaf(vec![0x17], text.as_bytes().to_vec());
    let others = sequence(vec![sequence((1..4).map(number).collect())]);
    let several_primes = (1..10).map(number).chain([others]).collect();
    documents.push(sequence(several_primes).written());
    let attributed = vec![
        number(1),
        rsa(),
        Node::Leaf(vec![0x04], vec![1, 2]),
        Node::Branch(vec![0xa0], vec![sequence(vec![])]),
        Node::Leaf(vec![0x81], vec![0, 1]),
        Node::Branch(vec![0xa2], vec![number(1)]),
    ];
    documents.push(sequence(attributed).written());
    let spki = sequence(vec![
        rsa(),
        Node::Leaf(vec![0x03], vec![0, 0x30, 6, 2, 1, 5, 2, 1, 3]),
    ]);
    documents.push(spki.written());
    let signed = sequence(vec![
        Node::Branch(vec![0xa0], vec![number(2)]),
        number(7),
        rsa(),
        sequence(vec![]),
        sequence(vec![time("240229235959Z"), time("491231235959Z")]),
        sequence(vec![]),
        spki,
        Node::Branch(vec![0xa3], vec![sequence(vec![])]),
    ]);
    let certificate = vec![signed, rsa(), Node::Leaf(vec![0x03], vec![0, 1])];
    documents.push(sequence(certificate).written());
    documents
}

/// Changes a document at random: its bytes, or its values with the lengths corrected.
pub(super) fn changed(document: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = document.to_vec();
    for _ in 0..=random.below(2) {
        if random.below(3) == 0 {
            change_bytes(&mut bytes, random);
            continue;
        }
        let mut nodes = Node::read_all(&bytes);
        change_values(&mut nodes, random);
        bytes = nodes.iter().flat_map(Node::written).collect();
    }
    bytes
}

fn change_bytes(bytes: &mut Vec<u8>, random: &mut Random) {
    // Most bytes that make a difference are at the front.
    let reach = match random.below(2) {
        0 => bytes.len().min(48),
        _ => bytes.len(),
    };
    let at = random.below(reach);
    match random.below(3) {
        0 if at < bytes.len() => bytes[at] = random.byte(),
        1 if at < bytes.len() => drop(bytes.remove(at)),
        _ => bytes.insert(at, random.byte()),
    }
}

fn change_values(nodes: &mut Vec<Node>, random: &mut Random) {
    let at = random.below(nodes.len());
    let Some(node) = nodes.get_mut(at) else {
        return;
    };
    match (random.below(8), node) {
        (0..5, Node::Branch(_, inner)) => change_values(inner, random),
        (0..3, Node::Leaf(_, content)) => change_bytes(content, random),
        (3 | 5, node) => *node.tag() = random.tag(),
        (4, Node::Leaf(_, content)) => content.clear(),
        (6, _) => drop(nodes.remove(at)),
        _ => {
            let from = random.below(nodes.len());
            nodes.insert(at, nodes[from].clone());
        }
    }
}

impl Random {
    fn tag(&mut self) -> Vec<u8> {
        match self.below(4) {
            0 => vec![self.byte() | 0xdf, 0x20 | self.byte() & 0x5f],
            _ => vec![self.byte()],
        }
    }
}

/// A value with its tag in its original bytes.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Leaf(Vec<u8>, Vec<u8>),
    Branch(Vec<u8>, Vec<Node>),
}

impl Node {
    fn tag(&mut self) -> &mut Vec<u8> {
        match self {
            Self::Leaf(tag, _) | Self::Branch(tag, _) => tag,
        }
    }

    /// Reads values from the front, as many as there are.
    pub(super) fn read_all(mut der: &[u8]) -> Vec<Self> {
        let mut nodes = vec![];
        while let Some((node, rest)) = Self::read(der) {
            nodes.push(node);
            der = rest;
        }
        nodes
    }

    fn read(der: &[u8]) -> Option<(Self, &[u8])> {
        let mut length = 1;
        if der.first()? & 0x1f == 0x1f {
            length += 1 + der[1..].iter().position(|byte| *byte < 0x80)?;
        }
        let (tag, rest) = der.split_at_checked(length)?;
        let (length, rest) = super::super::length(rest)?;
        let (content, rest) = rest.split_at_checked(length)?;
        let node = if tag[0] & 0x20 == 0 {
            Self::Leaf(tag.to_vec(), content.to_vec())
        } else {
            Self::Branch(tag.to_vec(), Self::read_all(content))
        };
        Some((node, rest))
    }

    pub(super) fn written(&self) -> Vec<u8> {
        let (tag, content) = match self {
            Self::Leaf(tag, content) => (tag, content.clone()),
            Self::Branch(tag, nodes) => (tag, nodes.iter().flat_map(Self::written).collect()),
        };
        let length = content.len().to_be_bytes();
        let zeros = length.iter().take_while(|byte| **byte == 0).count();
        let mut der = tag.clone();
        if content.len() >= 0x80 {
            der.push(0x80 | u8::try_from(length.len() - zeros).expect("is short"));
        }
        der.extend(&length[zeros.min(length.len() - 1)..]);
        der.extend(content);
        der
    }

    pub(super) fn has_long_tag(&self) -> bool {
        match self {
            Self::Leaf(tag, _) => tag.len() > 1,
            Self::Branch(tag, nodes) => tag.len() > 1 || nodes.iter().any(Self::has_long_tag),
        }
    }
}
