"""What people do on a page, by the words they see."""

from playwright.sync_api import Page


def click(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()
