"""Desks write at once while another reads: the reader misses nothing and gets nothing twice without a change."""

from concurrent.futures import ThreadPoolExecutor


def test_a_follower_misses_nothing(shared_central, new_desk):
    reader = new_desk(shared_central)
    writers = [new_desk(shared_central, reader.office, letter) for letter in "BCDEF"]
    batches = {desk.letter: [[desk.create() for _ in range(7)] for _ in range(12)] for desk in writers}

    def write(desk):
        for batch in batches[desk.letter]:
            reply = desk.exchange(*batch)
            assert {result.result for result in reply.results} == {"applied"}

    seen = []
    with ThreadPoolExecutor(len(writers)) as pool:
        running = [pool.submit(write, desk) for desk in writers]
        while not all(done.done() for done in running):
            seen += [change.id for change in reader.exchange().changes]
        for done in running:
            done.result()
    seen += [change.id for change in reader.all_pages().changes]
    written = [create.id for desk in writers for batch in batches[desk.letter] for create in batch]
    assert sorted(seen) == sorted(written)


def test_desks_that_fight_over_one_complaint_all_get_the_same_end(shared_central, new_desk):
    first = new_desk(shared_central)
    create = first.create()
    first.exchange(create)
    others = [new_desk(shared_central, first.office, letter) for letter in "BCDEF"]

    def fight(desk):
        return desk.exchange(desk.patch(create.id, {"title": desk.letter}, {"title": "Lampu jalan mati"}))

    with ThreadPoolExecutor(len(others)) as pool:
        replies = list(pool.map(fight, others))
    assert sorted(reply.results[0].result for reply in replies) == ["applied"] + ["conflict"] * 4
    for desk in (first, *others):
        desk.cursor = ""
    ends = [desk.all_pages() for desk in (first, *others)]
    bodies = [(end.change(create.id).body, end.of_type("conflict")[0].body) for end in ends]
    assert all(body == bodies[0] for body in bodies)
    assert sorted(side["value"] for side in bodies[0][1]["sides"]) == list("BCDEF")
