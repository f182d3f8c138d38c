"""The Qt style sheet of all controls, in which the room ``theme`` substitutes the colours."""

# ``$name`` is a field of Theme, a size or an image. ``$px14`` is 14 pixels, scaled from text of ten
# points to the theme's text. The program sets these properties itself: ``role`` of a label (title,
# muted, error, warning, numbers, heading), ``primary`` and ``flat`` of a button, ``invalid`` and
# ``code`` (a fixed-width font) of a field.
SHEET = """
QMainWindow, QDialog, QWidget#window { background: $window; }
QWidget { color: $text; }
QWidget:disabled { color: $text_disabled; }

QFrame#card { background: $card; border: 1px solid $card_border; border-radius: 8px; }
QFrame#line { background: $card_border; border: none; min-height: 1px; max-height: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget#panel { background: transparent; border: none; }

QLabel { background: transparent; }
QLabel[role="title"] { font-weight: 600; font-size: ${title_pt}pt; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="muted"] { color: $text_muted; font-size: ${small_pt}pt; }
QLabel[role="error"] { color: $error; font-size: ${small_pt}pt; }
QLabel[role="warning"] { color: $warning; font-size: ${small_pt}pt; }
QLabel[role="numbers"] { color: $numbers; }
QLabel[role="stage"] {
    color: $text_muted; font-size: ${small_pt}pt; padding: 2px 6px; border-radius: 8px;
}
QLabel[role="stage"][current="true"] { color: $accent_text; background: $accent; }

QPushButton, QToolButton {
    background: $control; color: $text; border: 1px solid $control_border; border-radius: 6px;
    padding: 5px 11px; min-height: 16px;
}
QToolButton { padding: 5px; qproperty-iconSize: ${px16} ${px16}; }
QPushButton:hover, QToolButton:hover { background: $control_hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {
    background: $control_pressed;
}
QPushButton:checked, QToolButton:checked { border-color: $accent; color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 10px; }
QToolButton:focus { padding: 4px; }
QPushButton:disabled, QToolButton:disabled { color: $text_disabled; border-color: $card_border; }
QToolButton::menu-indicator { image: none; }
QPushButton[primary="true"], QToolButton[primary="true"] {
    background: $accent; color: $accent_text; border: 1px solid $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled {
    background: $control; color: $text_disabled; border-color: $card_border;
}
QPushButton[flat="true"], QToolButton[flat="true"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 3px 6px;
}
QToolButton[flat="true"] { padding: 3px; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: $control_hover; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus {
    border: 2px solid $accent; padding: 2px 5px;
}
QToolButton[flat="true"]:focus { padding: 2px; }
QPushButton[segment="true"] { padding: 2px 9px; border-radius: 0; margin-left: -1px; }
QPushButton[end="first"] {
    margin-left: 0; border-top-left-radius: 6px; border-bottom-left-radius: 6px;
}
QPushButton[end="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QPushButton[segment="true"]:checked { background: $accent; color: $accent_text; }
QPushButton[segment="true"]:focus { border: 2px solid $text; padding: 1px 8px; }
QPushButton[flat="true"]:disabled, QToolButton[flat="true"]:disabled { color: $text_disabled; }

QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox {
    background: $field; color: $text; border: 1px solid $control_border; border-radius: 6px;
    padding: 4px 8px; min-height: 18px;
    selection-background-color: $selection; selection-color: $text;
}
QPlainTextEdit { padding: 3px 4px; }
*[code="true"] { font-family: "$code_family"; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: $text_disabled; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid $accent; padding: 3px 7px;
}
QPlainTextEdit:focus { padding: 2px 3px; }
QLineEdit[invalid="true"] { border-color: $error; background: $error_field; }
QPlainTextEdit[invalid="true"] { border-color: $error; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $control; border-color: $card_border; }
QSpinBox, QDoubleSpinBox { padding-right: ${px18}; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
    border: none; background: transparent; width: ${px18};
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
    image: url($chevron_up); width: ${px10}; height: ${px10};
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url($chevron_down); width: ${px10}; height: ${px10};
}

QComboBox {
    background: $control; color: $text; border: 1px solid $control_border; border-radius: 6px;
    padding: 4px 2px 4px 8px; min-height: 18px; combobox-popup: 0;
}
QComboBox:hover { background: $control_hover; }
QComboBox:focus, QComboBox:on { border: 2px solid $accent; padding: 3px 1px 3px 7px; }
QComboBox:disabled { color: $text_disabled; border-color: $card_border; }
QComboBox::drop-down { border: none; width: ${px24}; subcontrol-origin: border; }
QComboBox::down-arrow { image: url($chevron_down); width: ${px14}; height: ${px14}; }
QComboBox QAbstractItemView {
    background: $card; color: $text; border: 1px solid $control_border; padding: 4px; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: ${px24}; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
QComboBox QAbstractItemView::item:disabled { color: $text_muted; }

QCheckBox, QRadioButton { background: transparent; spacing: 6px; min-height: ${px20}; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${px14}; height: ${px14}; border: 1px solid $text_disabled; background: $field;
    border-radius: 4px;
}
QRadioButton::indicator { border-radius: ${px8}; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QRadioButton::indicator:checked { background: $accent; border: 4px solid $field; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: 2px solid $accent; width: ${px12}; height: ${px12};
}

QSlider { background: transparent; min-height: ${px22}; }
QSlider::groove:horizontal { height: ${px4}; border-radius: ${px2}; background: $groove; }
QSlider::sub-page:horizontal { height: ${px4}; border-radius: ${px2}; background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $groove; }
QSlider::handle:horizontal {
    width: ${px14}; height: ${px14}; margin: -${px5} 0; border-radius: ${px7}; background: $accent;
    border: none;
}
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:focus {
    background: $card; border: ${px4} solid $accent; border-radius: ${px8};
    width: ${px8}; height: ${px8}; margin: -${px6} 0;
}
QSlider::handle:horizontal:disabled { background: $text_disabled; }

QScrollBar:vertical { background: transparent; width: ${px10}; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${px10}; margin: 0; }
QScrollBar::handle { background: $control_border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text_disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $window; color: $text; padding: 2px 4px; border: none; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $control_pressed; }
QMenu { background: $card; color: $text; border: 1px solid $control_border; padding: 5px; }
QMenu::item { padding: 5px ${px26} 5px ${px28}; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $card_border; margin: 5px 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: ${px14}; height: ${px14}; padding-left: 8px; }
QMenu::indicator:checked { image: url($check_menu); }
QMenu::right-arrow {
    image: url($chevron_right); width: ${px12}; height: ${px12}; padding-right: 8px;
}
QToolTip { background: $card; color: $text; border: 1px solid $control_border; padding: 4px 6px; }

QTableView, QListView, QTreeView {
    background: $card; color: $text; border: 1px solid $card_border; border-radius: 6px;
    gridline-color: $card_border; alternate-background-color: $control; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QHeaderView { background: $card; }
QHeaderView::section {
    background: $control; color: $text_muted; border: none; border-right: 1px solid $card_border;
    border-bottom: 1px solid $card_border; padding: 4px 8px;
}
QTableView[role="dense"], QTableView[role="dense"] QHeaderView { font-size: ${small_pt}pt; }
QTableView[role="dense"] QHeaderView::section { padding: 4px; }
QTreeView::item, QListWidget::item { min-height: 22px; }
QTreeView::indicator, QListWidget::indicator, QTableView::indicator {
    width: ${px14}; height: ${px14}; border: 1px solid $text_disabled; background: $field;
    border-radius: 4px;
}
QTreeView::indicator:checked, QListWidget::indicator:checked, QTableView::indicator:checked {
    background: $accent; border-color: $accent; image: url($check);
}
QTreeView::indicator:indeterminate { background: $selection; border-color: $accent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section { background: $control; border: none; }

QSplitter { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $control_border; border-radius: 2px; }
QStatusBar { background: $window; color: $text_muted; }
QStatusBar::item { border: none; }
QProgressBar {
    background: $groove; border: none; border-radius: 3px; height: 6px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTabWidget::pane { border: 1px solid $card_border; border-radius: 6px; }
QTabBar::tab {
    background: transparent; color: $text_muted; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
"""
