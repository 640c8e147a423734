//! The table of addresses, row by row, with the first and the last address of each block and its neighbours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crossorigin::browser::{Address, AddressSpace, Permission, Profile};

use proptest::{prelude::*, sample::select};

use super::{SPACES, fetch, get, ip, outcome, page_at, with_permissions};
use crate::{model::local_network::determine_the_ip_address_space, proptest_config::cases};

/// Blocks of addresses that are not public, with their first and last address.
const BLOCKS: [(AddressSpace, &str, &str); 14] = [
    (AddressSpace::Loopback, "127.0.0.0", "127.255.255.255"),
    (AddressSpace::Loopback, "0.0.0.0", "0.0.0.0"),
    (AddressSpace::Local, "0.0.0.1", "0.255.255.255"),
    (AddressSpace::Local, "10.0.0.0", "10.255.255.255"),
    (AddressSpace::Local, "100.64.0.0", "100.127.255.255"),
    (AddressSpace::Local, "169.254.0.0", "169.254.255.255"),
    (AddressSpace::Local, "172.16.0.0", "172.31.255.255"),
    (AddressSpace::Local, "192.168.0.0", "192.168.255.255"),
    (AddressSpace::Loopback, "::", "::1"),
    (AddressSpace::Local, "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    (AddressSpace::Local, "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    (AddressSpace::Local, "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    (AddressSpace::Local, "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    (AddressSpace::Local, "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
];

/// Public addresses: the neighbours of the blocks, those that the draft or others treat as special, and some others.
const PUBLIC: [&str; 40] = [
    "1.0.0.0",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.18.0.0", // benchmarking: loopback by the draft, and public in Chromium and Firefox
    "198.19.255.255",
    "198.20.0.0",
    "198.51.100.1",
    "203.0.113.10",
    "240.0.0.1",
    "255.255.255.255",
    "::2",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
    "2002:7f00:1::1",
    "3fff:1000::",
    "3ffe:ffff::",
    "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe00::1",
    "ff02::1",
];

#[test]
fn each_block_is_in_its_space() {
    for (space, first, last) in BLOCKS {
        for address in [first, last] {
            assert_eq!(AddressSpace::from(ip(address)), space, "{address}");
        }
    }
    for address in PUBLIC {
        assert_eq!(AddressSpace::from(ip(address)), AddressSpace::Public, "{address}");
    }
}

#[test]
fn a_mapped_address_is_in_the_space_of_its_ipv4_address() {
    let addresses = BLOCKS.iter().flat_map(|(_, first, last)| [*first, *last]).chain(PUBLIC);
    for address in addresses.filter(|address| !address.contains(':')) {
        assert_eq!(
            AddressSpace::from(ip(&format!("::ffff:{address}"))),
            AddressSpace::from(ip(address)),
            "{address}"
        );
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// The table of the model has the same spaces, also for addresses that differ from a block in one bit.
    #[test]
    fn model_and_crate_have_the_same_table(
        block in select(BLOCKS.to_vec()), bit in 0..128_u32, noise in any::<u128>(), kept in 0..128_u32,
    ) {
        let address = match ip(block.1) {
            IpAddr::V4(address) => {
                let noise = (noise as u32).checked_shr(kept).unwrap_or(0);
                IpAddr::from(Ipv4Addr::from_bits((address.to_bits() ^ noise) ^ (1 << (bit % 32))))
            }
            IpAddr::V6(address) => {
                IpAddr::from(Ipv6Addr::from_bits((address.to_bits() ^ (noise >> kept)) ^ (1 << bit)))
            }
        };
        let expected = determine_the_ip_address_space(&address.to_string());
        prop_assert_eq!(AddressSpace::from(address).to_string(), expected, "{}", address);
    }
}

#[test]
fn a_space_is_less_than_a_more_public_one() {
    assert!(SPACES.is_sorted());
}

#[test]
fn a_space_has_the_words_of_target_address_space() {
    for space in SPACES {
        assert_eq!(space.to_string().parse(), Ok(space));
    }
    assert_eq!("private".parse(), Ok(AddressSpace::Local));
    assert_eq!(
        "Local".parse::<AddressSpace>().unwrap_err().to_string(),
        "`Local` is not an address space; expected one of `loopback`, `local`, `public`"
    );
}

/// What the profile takes an address for: a public page without permission reaches only public servers, and with the
/// permission for one space also that space.
fn space_in(profile: &Profile, address: &str) -> AddressSpace {
    let reached = |space| {
        let page = with_permissions(page_at(AddressSpace::Public), Permission::Denied);
        let page = page.with_permission(space, Permission::Granted);
        outcome(&fetch(profile.clone(), &page, get(&page), ip(address))) == "cors 1"
    };
    match (reached(AddressSpace::Loopback), reached(AddressSpace::Local), reached(AddressSpace::Public)) {
        (true, true, true) => AddressSpace::Public,
        (true, false, false) => AddressSpace::Loopback,
        (false, true, false) => AddressSpace::Local,
        other => panic!("{address}: {other:?}"),
    }
}

#[test]
fn chromium_has_the_table_and_firefox_takes_three_blocks_for_public() {
    let addresses = BLOCKS.iter().flat_map(|(_, first, last)| [*first, *last]).chain(PUBLIC);
    for address in addresses {
        let space = AddressSpace::from(ip(address));
        assert_eq!(space_in(&Profile::chromium(), address), space, "{address}");
        let is_public =
            ["fec0:", "feff:", "2001:db8:", "3fff:"].iter().any(|block| address.starts_with(block));
        let in_firefox = if is_public { AddressSpace::Public } else { space };
        assert_eq!(space_in(&Profile::firefox(), address), in_firefox, "{address}");
    }
}

#[test]
fn a_configured_space_counts_whatever_the_ip_address_is() {
    for profile in [Profile::chromium(), Profile::firefox()] {
        let page = page_at(AddressSpace::Public);
        for (space, expected) in
            SPACES.into_iter().zip(["LocalNetworkDenied 0", "LocalNetworkDenied 0", "cors 1"])
        {
            assert_eq!(outcome(&fetch(profile.clone(), &page, get(&page), Address::Space(space))), expected);
        }
    }
}
