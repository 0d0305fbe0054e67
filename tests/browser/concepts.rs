//! What a reader does with concepts: follows a mention, reads a card, a diagram, the matrix, the map.

use super::Site;
use super::harness::TestBook;
use super::reader::{Reader, Screen};

fn site() -> Site {
    let diagram = "```mermaid\nflowchart LR\n  A[kubelet] -- 上报状态 HTTPS --> B[API Server]\n  B -- 读写 gRPC --> C[etcd]\n  B -- 日志 HTTPS --> A\n```\n";
    let table = "| 组件 | 作用 |\n| --- | --- |\n| kubelet | 节点代理，让容器跑起来。 |\n| API Server | 唯一的入口。 |\n| etcd | 存状态。 |\n| dockershim | 旧的适配层。 |\n";
    Site::of(TestBook::new(&[
        ("book.toml", "[book]\ntitle = \"概念之书\"\n"),
        (
            "src/concepts.toml",
            "[[concept]]\nid = \"dockershim\"\nen = \"dockershim\"\nlifecycle = \"removed\"\nremoved-in = \"1.24\"\n",
        ),
        ("src/README.md", &format!("# 总览\n\n{table}\n{diagram}")),
        ("src/kubelet.md", "# 节点\n\n每个节点上都有 kubelet，它连到 API Server。\n\n## kubelet\n\n它是节点代理。\n"),
        ("src/tree.md", "---\nmap: true\n---\n# 图谱\n\n- 甲\n  - 甲一\n    - 甲一一\n- 乙\n  - etcd\n"),
    ]))
}

#[tokio::test]
async fn a_mention_leads_to_the_definition() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("kubelet.html"), Screen::Desk).await;
    tab.click("a.concept[data-concept='api-server']").await;
    assert_eq!(tab.value::<String>("location.hash").await, "#api-server");
    assert_eq!(tab.value::<String>("document.querySelector(':target td').textContent").await, "API Server");
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_card_comes_with_the_keyboard_from_a_disk_and_goes_with_escape() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("kubelet.html"), Screen::Desk).await;
    tab.run("document.querySelector('a.concept').previousElementSibling?.focus(); document.querySelector('.toc a, .crumbs a').focus()").await;
    for _ in 0..20 {
        if tab.value::<bool>("document.activeElement.matches('a.concept')").await {
            break;
        }
        tab.press("Tab").await;
    }
    let card = "document.querySelector('.card')?.textContent ?? ''";
    tab.until(&format!("({card}) !== ''")).await;
    let words: String = tab.value(card).await;
    assert!(words.contains("kubelet") && words.contains("查看定义") && words.contains("在术语表中"), "{words}");
    assert!(tab.value::<bool>("document.activeElement.getAttribute('aria-describedby') === 'p:card'").await);
    tab.press("Escape").await;
    tab.until("document.querySelector('.card') === null").await;
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_node_of_a_diagram_and_a_relation_lead_to_their_concepts() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("index.html"), Screen::Desk).await;
    tab.run("document.querySelector('svg.dgm a').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))").await;
    tab.until("location.pathname.endsWith('kubelet.html')").await;
    assert!(tab.text("aside.below").await.contains("上报状态"), "whom it talks to stands below the page");
    reader.close().await;
}

#[tokio::test]
async fn the_matrix_is_filtered_and_its_cells_lead_to_the_list() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("interactions.html"), Screen::Desk).await;
    let shown = "[...document.querySelectorAll('.relations tbody tr')].filter((row) => !row.hidden).length";
    assert_eq!(tab.value::<u32>(shown).await, 3);
    tab.run("const i = document.querySelector('.filter input'); i.value = 'grpc'; i.dispatchEvent(new Event('input'))")
        .await;
    assert_eq!(tab.value::<u32>(shown).await, 1);
    assert_eq!(tab.value::<u32>("document.querySelectorAll('.matrix td a').length").await, 3);
    tab.run("document.querySelector('.relations th button').click()").await;
    assert_eq!(tab.value::<String>("document.querySelector('.relations th').ariaSort").await, "ascending");
    reader.close().await;
}

#[tokio::test]
async fn the_map_is_searched_and_shows_neighbours() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("map.html"), Screen::Desk).await;
    assert_eq!(tab.value::<u32>("document.querySelectorAll('svg.map .chip').length").await, 4);
    let lit = "[...document.querySelectorAll('.chip.on')].map((chip) => chip.dataset.concept).sort().join(' ')";
    tab.run("const i = document.querySelector('.zoom input'); i.value = 'etc'; i.dispatchEvent(new Event('input'))")
        .await;
    assert_eq!(tab.value::<String>(lit).await, "etcd");
    tab.run("document.querySelector('.chip[data-concept=etcd]').focus()").await;
    assert_eq!(tab.value::<String>(lit).await, "api-server etcd");
    let before: f64 = tab.value("document.querySelector('svg.map').getBoundingClientRect().width").await;
    tab.click(".zoom button").await;
    let after: f64 = tab.value("document.querySelector('svg.map').getBoundingClientRect().width").await;
    assert!(after > before * 1.2, "{before} {after}");
    reader.close().await;
}

#[tokio::test]
async fn everything_about_concepts_is_there_without_a_script() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("glossary.html"), Screen::PhoneWithoutScript).await;
    assert_eq!(tab.complaints(), Vec::<String>::new());
    let picture = tab.picture().await;
    assert!(picture.len() > 5000, "something is to be seen");
    let html = std::fs::read_to_string(site.path("glossary.html")).expect("the glossary");
    assert!(html.contains("已移除 1.24") && html.contains("它是节点代理。"), "life cycle and definition");
    let tree = std::fs::read_to_string(site.path("tree.html")).expect("the mind map");
    assert!(tree.contains("class=\"dgm mind\"") && tree.contains("甲一一"));
    reader.close().await;
}
