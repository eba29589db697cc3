"""First things to know, by main need: what the pupil is good at first, then what helps. Written for the demo's invented
pupils; none says what a family would not want read aloud."""

from itertools import cycle

LINES = {
    "SPLD": (
        "Explains ideas brilliantly out loud. Print on cream paper, give key words first, no reading aloud cold.",
        "Sharp problem solver. Spelling hides how much is known: mark the thinking, and let answers be typed.",
        "Remembers stories in detail. Break instructions into two steps and leave them on the board.",
        "Quick with numbers in the head. Let a number line stay on the desk; times tables under pressure go blank.",
        "Great eye for design. Copying from the board is slow: hand over a printed copy at the start.",
    ),
    "MLD": (
        "Kind and hard working. Needs one instruction at a time and a worked example to look back at.",
        "Loves practical work and helps others tidy up. Check in after five minutes: getting started is the hard part.",
        "Good memory for people and places. Use short sentences and real objects; go over yesterday before today.",
        "Asks good questions when there is time. Wait ten seconds before helping, then show rather than tell.",
    ),
    "SLD": (
        "Makes friends with everyone. Uses a picture timetable; say what comes next before anything changes.",
        "Joins in with music and PE with delight. Works best with one familiar adult and the same seat.",
    ),
    "PMLD": (
        "Loves music and being near friends. Looks towards what is wanted: give time, and follow the gaze.",
        "Smiles at a familiar voice. Say who you are and what you will do before you touch the chair.",
    ),
    "DS": (
        "Funny, sociable and proud of good work. Learns by seeing: pictures and gestures beat long talk.",
        "Reads well for pleasure. Speech is not always clear, so give time to finish and never finish the sentence.",
    ),
    "SLCN": (
        "Thoughtful, with strong opinions. Pause after a question: ten seconds makes the difference.",
        "Excellent at art and models. New words need a picture and three goes before they stick.",
        "Notices everything. Avoid sayings such as “pull your socks up”: words are taken as they are said.",
        "Good company in a small group. Talking in front of everyone is hard: ask beforehand, or ask in pairs.",
        "Tells great stories one to one. Repeat instructions in the same words, not in new ones.",
    ),
    "ASD": (
        "Deep knowledge of what interests them. Say what will happen, when it ends, and what comes after.",
        "Honest and fair. A quiet place to go to works better than being asked what is wrong.",
        "Strong visual memory. Noise builds up: ear defenders are welcome; corridors are easier five minutes early.",
        "Loves rules that make sense. Warn about cover teachers and room changes, even small ones.",
        "Careful and precise. Eye contact is uncomfortable; listening looks different here.",
    ),
    "SEMH": (
        "Loyal, and very funny. Greet at the door: how the first minute goes is how the lesson goes.",
        "A natural leader in teams. Give a job to do. Praise quietly, correct privately, start afresh each lesson.",
        "Creative writer. Worry shows as jokes: offer the time-out card without making a point of it.",
        "Good with younger pupils. Being shouted at brings back hard times; a calm low voice works.",
        "Determined in sport. Mornings are hard: a few minutes to settle are not lateness.",
    ),
    "HI": (
        "Great team player. Face the class when you talk, wear the radio microphone, and repeat others' answers.",
        "Lip-reads well. Seat near the front left, subtitles always on, and never talk to the board.",
    ),
    "VI": (
        "Excellent listener. Size 18 print, read out what you write, and keep bags out of the aisle.",
        "Types faster than anyone. Send slides before the lesson; glare from the window side is a problem.",
    ),
    "MSI": (
        "Curious and brave. Say your name when you come near, and let hands explore before you explain.",
        "Strong memory for places. Keep furniture where it is, and touch the arm gently before you speak.",
    ),
    "PD": (
        "Independent and good company. Ask before helping; leave three minutes early between lessons.",
        "Ambitious, with a sharp sense of humour. Writing tires: laptop always, and rest breaks in tests.",
    ),
    "OTH": (
        "Curious and always asks why. Tiredness comes in waves: a short break beats pushing through.",
        "Reliable and calm. Needs to drink, eat or leave the room when asked, without explaining.",
    ),
    "NSA": (
        "Settling in well and keen to please. We are still finding out what helps: tell us what you see.",
        "Bright in conversation. Being looked at by a specialist this term: notes of what works are gold.",
    ),
}


def first_lines(pupils_with_need):
    """(pupil, line) for four in five of (pupil, code), each need's lines in turn."""
    turns = {code: cycle(lines) for code, lines in LINES.items()}
    return [
        (pupil, next(turns[code]))
        for number, (pupil, code) in enumerate(pupils_with_need)
        if number % 5 and code in turns
    ]
